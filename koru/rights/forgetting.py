"""The deed of erasing: closed first, called off, then everything of a client's gone in one transaction, their keys with it.

The row is the queue: each step is done again by the next tick until it holds. What was committed by a request in flight
while it happened is found by a second look some minutes later (`sweep`).
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from koru.people.consents import end_alliance
from koru.people.models import Alliance, Invitation, Person
from koru.people.sessions import end_sessions
from koru.privacy.models import Erasure
from koru.privacy.trace import Look, write_trace
from koru.reminders.models import Letter, OptOut
from koru.sealing.tombstones import bury, forget_for_good
from scheduling.cancelling import call_off_all
from scheduling.models import Appointment, ConsultationRequest, TrustedPerson

from . import letters
from .parts import erased

log = logging.getLogger(__name__)
AT_A_TIME = 5
IN_FLIGHT = timedelta(minutes=10)  # no request and no task runs longer
LETTER_WAITS = timedelta(days=3)
NAME = "Erased"
FETCHING = ("pick-up-asked", "pick-up-changed", "pick-up-cannot")


def address_of(row: UUID) -> str:
    """An address that nobody has, and that stays one of its own."""
    return f"erased-{row}@erased.invalid"


def erase_what_is_due(now: datetime) -> int:
    """Those whose wait is over. One that fails is tried again by the next tick, and costs the others nothing."""
    ids = list(Erasure.objects.due(now).order_by("due_at").values_list("pk", flat=True)[:AT_A_TIME])
    return sum(_tried(one, now) for one in ids)


def _tried(erasure_id: UUID, now: datetime) -> bool:
    try:
        return erase(erasure_id, now)
    except Exception:
        log.exception("an erasing could not be finished")
        return False


def erase(erasure_id: UUID, now: datetime) -> bool:
    """Erase a client whose wait is over. Whether it happened; twice is once."""
    client = begin(erasure_id, now)
    if client is None:
        return False
    call_off_all(by=client)
    forget(erasure_id)
    forget_for_good()
    return True


@transaction.atomic
def begin(erasure_id: UUID, now: datetime) -> Person | None:
    """Close the account: from here on nothing can be taken back. None when there is nothing to be done, or not yet."""
    client_id = Erasure.objects.values_list("client", flat=True).get(pk=erasure_id)
    client: Person = Person.objects.select_for_update(no_key=True).get(pk=client_id)
    erasure = Erasure.objects.due(now).filter(pk=erasure_id).first()
    if erasure is None or _in_a_session(client):
        return None
    if erasure.begun_at is None:
        Erasure.objects.filter(pk=erasure_id).update(begun_at=timezone.now())
    client.is_active = False
    client.set_unusable_password()
    client.save(update_fields=["is_active", "password"])
    end_sessions(client)
    return client


def _in_a_session(client: Person) -> bool:
    return Appointment.objects.filter(client=client, state="booked", started_at__isnull=False, ended_at=None).exists()


@transaction.atomic
def forget(erasure_id: UUID) -> None:
    """Everything goes, or nothing: rows, files, name, keys. What stays is named in `koru.rights.parts`."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    client = Person.objects.select_for_update().get(pk=erasure.client_id)
    if erasure.done_at:
        return
    address, zone = client.email, client.zone
    others = lay_to_rest(client)
    now = timezone.now()
    for owner in (client.pk, *others):
        bury(owner, now)
    Erasure.objects.filter(pk=erasure_id).update(done_at=now)
    erasure.client = client
    letters.say_it_is_done(erasure, address, zone)
    write_trace([Look(client.pk, client.pk, "own", "erased", str(erasure_id), "erasing")])


def lay_to_rest(client: Person) -> list[UUID]:
    """All but the keys, inside a transaction. Gives the other owners whose keys go with it: requests and invitations."""
    for alliance in Alliance.objects.filter(client=client, until=None):
        end_alliance(alliance, by=client, ended_as=Alliance.EndedAs.STOPPED)
    requests = ConsultationRequest.objects.filter(client=client) | ConsultationRequest.objects.filter(email__iexact=client.email)
    others = [one.pk for one in requests.distinct()]
    invited = Invitation.objects.filter(accepted_by=client) | Invitation.objects.filter(email__iexact=client.email)
    others += [one.pk for one in invited.distinct()]
    Invitation.objects.filter(pk__in=others).delete()
    for request in ConsultationRequest.objects.filter(pk__in=others):
        _empty_request(request)
    for model, path in erased():
        model._base_manager.filter(**{path: client.pk}).delete()
    _forget_address(client.email)
    Appointment.objects.filter(client=client).update(way_home="", way_home_at=None)
    LogEntry.objects.filter(object_id=str(client.pk)).update(object_repr=NAME)
    _empty_person(client)
    return others


def _empty_request(request: ConsultationRequest) -> None:
    request.notes.all().delete()
    request.name, request.email, request.zone = NAME, address_of(request.pk), "UTC"
    request.phone = request.note = request.token = ""
    request.token_hash = address_of(request.pk)[:64]
    request.save()


def _forget_address(address: str) -> None:
    """What was sent to it, or refused by it, before it had an account."""
    Letter.objects.filter(to=None, address__iexact=address).delete()
    OptOut.objects.filter(address__iexact=address).delete()


def _empty_person(client: Person) -> None:
    client.email, client.display_name = address_of(client.pk), NAME
    client.phone = client.neutral_phrase = ""
    client.zone, client.region, client.last_login, client.is_active = "UTC", "US", None, False
    client.set_unusable_password()
    client.save()


def sweep(now: datetime) -> int:
    """Look once more, some minutes after: what a request in flight still wrote goes too, and the address of the last letter.

    How many are finished for good by it.
    """
    rows = Erasure.objects.filter(done_at__lte=now - IN_FLIGHT, swept_at=None).select_related("client")
    let_addresses_go(now)
    found = [erasure for erasure in rows[:AT_A_TIME] if finish_sweeping(erasure, now)]
    if found:
        forget_for_good()
    return len(found)


def finish_sweeping(erasure: Erasure, now: datetime) -> bool:
    """Whether nothing is left of it by now: its last letter may still wait to go."""
    call_off_all(by=erasure.client)
    with transaction.atomic():
        for model, path in erased():
            model._base_manager.filter(**{path: erasure.client_id}).delete()
        told = Letter.objects.filter(about=erasure.pk)
        waits = told.filter(sent_at=None, failed_at=None, withdrawn_at=None, made_at__gt=now - LETTER_WAITS)
        if waits.exists():
            return False
        told.delete()
        Erasure.objects.filter(pk=erasure.pk).update(swept_at=now)
    return True


@transaction.atomic
def erase_by_hand(client_id: UUID) -> None:
    """Without a wait and without a letter: an operator's deed, also on a backup that brought somebody back. Twice is once."""
    client = Person.objects.select_for_update().get(pk=client_id)
    end_sessions(client)
    call_off_all(by=client)
    others, now = lay_to_rest(client), timezone.now()
    for owner in (client.pk, *others):
        bury(owner, now)
    done = {"due_at": now, "begun_at": now, "done_at": now}
    Erasure.objects.update_or_create(client=client, taken_back_at=None, defaults=done)


def let_addresses_go(now: datetime) -> None:
    """Letters to who would have fetched somebody who is gone: each holds an address, and goes once it was sent or in vain."""
    theirs = Letter.objects.filter(to=None, kind__in=FETCHING).exclude(about__in=TrustedPerson.objects.values("pk"))
    waits = Q(sent_at=None, failed_at=None, withdrawn_at=None, made_at__gt=now - LETTER_WAITS)
    theirs.exclude(waits).delete()
