"""Giving somebody a private address for their calendar, giving it anew, and taking it back: each at once, in one step."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.people.consent_texts import consent_text
from koru.people.consents import record_consent, withdraw_consent
from koru.people.models import Consent, Person, Role
from koru.sealing.tokens import new_token, token_hash

from .feeds import CalendarFeed
from .refusals import DecideTomorrow
from .resting import waits_for

CONSENT = "calendar-feed"


def may_have_feed(person: Person) -> bool:
    """Whoever has appointments: clients, therapists, and the desk's people, who may sit in."""
    return person.is_client or person.is_therapist or person.is_desk


@widens
@transaction.atomic
def make_feed(person: Person, *, by: Person) -> CalendarFeed:
    """An address for one's own calendar; a client agrees by it to the words of the consent. Twice: the one there is.

    Raises DecideTomorrow within a day of a dosing session.
    """
    _own(person, by)
    if feed := feed_of(person):
        return feed
    if person.is_client:
        _agree(person)
    CalendarFeed.objects.filter(person=person).delete()  # one whose consent has been taken back never works again
    return _fresh(CalendarFeed(person=person))


@neither
@transaction.atomic
def new_address(person: Person, *, by: Person) -> CalendarFeed | None:
    """Another address; whoever has the old one reads nothing more from this instant on. None: there is no feed."""
    _own(person, by)
    feed = feed_of(person)
    return _fresh(feed) if feed else None


@narrows
@transaction.atomic
def stop_feed(person: Person, *, by: Person) -> None:
    """No address any more, and the consent to it is withdrawn. Twice is as once."""
    _own(person, by)
    CalendarFeed.objects.filter(person=person).delete()
    if person.is_client:
        withdraw_consent(person, CONSENT, by=by)


def feed_of(person: Person) -> CalendarFeed | None:
    """One's own feed while it works."""
    return _working().filter(person=person).first()


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed of an address that works: made, not given anew since, its owner still here, and a client still agreeing."""
    return _working().filter(token_hash=token_hash(token)).select_related("person").first()


def _working() -> QuerySet[CalendarFeed]:
    agreed = Consent.objects.in_force().filter(client=OuterRef("person"), kind=CONSENT)
    theirs = Q(person__role__in=(Role.THERAPIST, Role.STAFF)) | (Q(person__role=Role.CLIENT) & Exists(agreed))
    return CalendarFeed.objects.filter(theirs, person__is_active=True)


def _own(person: Person, by: Person) -> None:
    """Held, so that two taps at once make one address."""
    if by.pk != person.pk or not may_have_feed(person):
        raise Http404
    Person.objects.select_for_update().get(pk=person.pk)


def _agree(client: Person) -> None:
    if until := waits_for(client, timezone.now()):
        raise DecideTomorrow(until)
    text = consent_text(CONSENT)
    if not Consent.objects.in_force().filter(client=client, kind=CONSENT, version=text.version).exists():
        record_consent(client, CONSENT, text.version, text.text, by=client)


def _fresh(feed: CalendarFeed) -> CalendarFeed:
    feed.token = new_token()
    feed.token_hash = token_hash(feed.token)
    feed.made_at = timezone.now()
    feed.save()
    return feed
