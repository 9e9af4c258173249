"""A practice with two of everything: what belongs to side A must not be seen from side B, whoever asks."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from journaling.models import Draft, Entry, EntryRevision, PromptSkip, ShareChange, ShareWish
from koru.moments.ids import new_id
from koru.moments.spans import Span, local_day
from koru.people.inviting import invite
from koru.people.models import Alliance, EmergencyContact, Person
from koru.reminders.models import Letter, OptOut, Preferences
from koru.reminders.stopping import stop_path
from koru.safety.models import HelpLine
from koru.sealing.tokens import new_token, token_hash
from moodtracking.models import CheckIn, PickedSymptom
from scheduling.absent import begin_absence
from scheduling.models import (
    Appointment,
    AvailabilityException,
    AvailabilityRule,
    ConsultationRequest,
    Equipment,
    RequestNote,
    Skill,
)
from tests.days import this_day
from tests.people import ally, cleared, make_admin, make_client, make_clinic, make_room, make_staff, make_therapist

from . import (
    of_agreed,
    of_assigned,
    of_channels,
    of_connection,
    of_courses,
    of_covering,
    of_emergency,
    of_feeds,
    of_finding,
    of_flags,
    of_goals,
    of_goodbyes,
    of_guides,
    of_keeping,
    of_measures,
    of_media,
    of_notes,
    of_noticing,
    of_practices,
    of_quiet,
    of_rights,
    of_routine,
    of_safety_plan,
    of_spacing,
    of_the_day,
    of_timeline,
)
from .canaries import CONTACT, NAME, PRIVATE, SHARED, SIDES, TALK, canary

ROOMS = (
    of_agreed,
    of_assigned,
    of_channels,
    of_connection,
    of_courses,
    of_covering,
    of_emergency,
    of_feeds,
    of_finding,
    of_flags,
    of_goals,
    of_goodbyes,
    of_guides,
    of_keeping,
    of_measures,
    of_media,
    of_notes,
    of_noticing,
    of_practices,
    of_quiet,
    of_rights,
    of_routine,
    of_safety_plan,
    of_spacing,
    of_the_day,
    of_timeline,
)


@dataclass
class World:
    """`people` by role, `things` by side: the value of each parameter of an address."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, dict[str, str]] = field(default_factory=dict)


def make_world() -> World:
    make_clinic()
    make_room()
    HelpLine.objects.create(region="US", kind="crisis", name="Demo line", call="555 0100", checked_on=this_day())
    world = World()
    desk = make_staff()
    Equipment.objects.create(name="Demo lamp")
    Skill.objects.create(person=desk, kind_id="dosing", part="second")
    for side in SIDES:
        client, therapist = _pair(side, desk)
        world.people |= {f"client {side}": client, f"therapist {side}": therapist}
        world.things[side] = _things(side, client, therapist, desk)
    world.people |= {"desk": desk, "admin": make_admin(), "left therapist": _left(world.people["client A"])}
    world.people["covering A"] = of_covering.stands_in(world.people["client A"], world.people["therapist A"])
    world.people["emergency A"] = of_emergency.who_opened(world.people["client A"])
    _changed_roles(world, desk)
    world.people["deactivated"] = make_client(is_active=False)
    for person in world.people.values():
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return world


def _pair(side: str, desk: Person) -> tuple[Person, Person]:
    word = canary(CONTACT, side)
    client = cleared(make_client(display_name=f"Demo {canary(NAME, side)}", phone=word))
    EmergencyContact.objects.create(client=client, name=word, phone=word, relation=word)
    Preferences.objects.create(person=client)
    therapist = make_therapist()
    ally(client, therapist)
    return client, therapist


def _changed_roles(world: World, desk: Person) -> None:
    """Two who did everything of side C and then changed places: a client who works here now, a therapist who is a client."""
    client, therapist = _pair("C", desk)
    world.things["C"] = _things("C", client, therapist, desk)
    for name, person, role in (("once client", client, "therapist"), ("once therapist", therapist, "client")):
        person.role = role
        person.save()
        world.people[name] = person


def _left(client: Person) -> Person:
    """A therapist who has worked with the client, and doesn't any more."""
    therapist, now = make_therapist(), timezone.now()
    ally(client, therapist, since=now - timedelta(days=30), until=now - timedelta(minutes=1))
    return therapist


def _things(side: str, client: Person, therapist: Person, desk: Person) -> dict[str, str]:
    entries = {share: _entry(side, client, share) for share in ("only_me", "my_therapist")}
    deleted = _entry(side, client, "only_me", deleted_at=timezone.now())
    _around(entries["only_me"], client)
    talk, token = _talk(side, therapist)
    invitation = invite(f"visitor.{side}@example.org", f"Visitor {side}", by=desk, zone="America/New_York")
    letter = _letter(client)
    return {
        "client_id": str(client.pk),
        "therapist_id": str(therapist.pk),
        "alliance_id": str(Alliance.objects.get(client=client, until=None).pk),
        "private_entry_id": str(entries["only_me"].pk),
        "entry_id": str(entries["my_therapist"].pk),
        "deleted_entry_id": str(deleted.pk),
        "draft_id": str(_draft(side, client)),
        "skip_id": str(PromptSkip.objects.create(client=client, prompt="b-first-line", what="never", at=timezone.now()).pk),
        "check_in_id": str(_check_in(side, client)),
        "symptom_id": str(PickedSymptom.objects.create(client=client, slug="panic", place=1, picked_by=therapist).pk),
        "appointment_id": str(_appointment(side, client, therapist).pk),
        "request_id": str(talk.pk),
        "rule_id": str(_rule(therapist)),
        "whose_id": _whose(therapist),
        "absence_id": _absence(therapist, desk),
        "token": token,
        "invited": str(invitation.token),
        "signed": stop_path(letter.pk).split("/")[-2],
        "letter_id": str(letter.pk),
        **{name: value for room in ROOMS for name, value in room.things(side, client, therapist).items()},
    }


def _entry(side: str, client: Person, share: str, **more: Any) -> Entry:
    now = timezone.now() - timedelta(minutes=5)
    word = canary(PRIVATE if share == "only_me" else SHARED, side)
    return Entry.objects.create(
        client=client, title=word, text=f"{word} and more", share=share, at=now, zone=client.zone, local_date=this_day(),
        key=uuid4(), **more,
    )  # fmt: skip


def _around(entry: Entry, client: Person) -> None:
    now = timezone.now()
    words = {"title": entry.title, "text": entry.text}
    EntryRevision.objects.create(entry=entry, client=client, until=now, key=uuid4(), **words)
    ShareChange.objects.create(entry=entry, was="my_therapist", became="only_me", by=client)
    ShareWish.objects.create(entry=entry, level="my_therapist", ask_at=now)


def _draft(side: str, client: Person) -> str:
    words = canary(PRIVATE, side)
    return str(Draft.objects.create(client=client, key=uuid4(), title=words, text=words, saved_at=timezone.now()).pk)


def _check_in(side: str, client: Person) -> str:
    """One whose note is the client's own, and one whose note the therapist may read."""
    now = timezone.now() - timedelta(minutes=2)
    day = local_day(now, ZoneInfo(client.zone), client.day_starts)
    made = [
        CheckIn.objects.create(
            client=client, at=now, recorded_at=now, zone=client.zone, local_date=day, answers={"mood": -2},
            item_set_version="1", key=uuid4(), note=canary(level, side), note_share=share, own_tags=canary(own, side),
        )
        for level, share, own in ((SHARED, "my_therapist", SHARED), (PRIVATE, "only_me", SHARED))
    ]  # fmt: skip
    return str(made[-1].pk)


def _appointment(side: str, client: Person, therapist: Person) -> Appointment:
    span = Span.lasting(timezone.now() + timedelta(days=5 + "ABC".index(side)), 50)
    return Appointment.objects.create(
        kind_id="integration", client=client, therapist=therapist, place="video", during=span.range, before=0, after=10,
        padded=span.padded(0, 10).range, way_home=canary(PRIVATE, side),
    )  # fmt: skip


def _talk(side: str, therapist: Person) -> tuple[ConsultationRequest, str]:
    token, word = new_token(), canary(TALK, side)
    talk = ConsultationRequest.objects.create(
        name=f"Visitor {word}", email=f"{word}@example.org", phone=word, note=word, zone="America/New_York", state="booked",
        token=token, token_hash=token_hash(token), key=uuid4(),
    )  # fmt: skip
    RequestNote.objects.create(request=talk, sealed_for=talk.pk, text=word)
    span = Span.lasting(timezone.now() + timedelta(days=9), 30)
    Appointment.objects.create(
        kind_id="consultation", request=talk, therapist=therapist, place="video", during=span.range, before=0, after=15,
        padded=span.padded(0, 15).range, key=uuid4(),
    )  # fmt: skip
    return talk, token


def _letter(client: Person) -> Letter:
    later = timezone.now() + timedelta(days=2)
    OptOut.objects.create(person=client, kind="check-in")
    return Letter.objects.create(
        kind="check-in", to=client, zone=client.zone, about=new_id(), due_at=later, try_at=later, dedupe_key=str(uuid4()),
    )  # fmt: skip


def _rule(therapist: Person) -> str:
    valid = DateRange(this_day() - timedelta(days=60), None, "[)")
    return str(AvailabilityRule.objects.create(therapist=therapist, weekday=2, opens="09:00", closes="17:00", valid=valid).pk)


def _absence(therapist: Person, desk: Person) -> str:
    """A sick day on which their appointment lies."""
    day = (
        Appointment.objects.get(therapist=therapist, client__isnull=False).starts.astimezone(ZoneInfo("America/New_York")).date()
    )
    return str(begin_absence(therapist, day, day, by=desk).pk)


def _whose(therapist: Person) -> str:
    """Whose hours they are: a therapist's, with a day away."""
    AvailabilityException.objects.create(therapist=therapist, what="away", on=this_day() + timedelta(days=20))
    return str(therapist.pk)
