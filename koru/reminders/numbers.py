"""Giving a number for texts, saying the code that went there, taking it away, stopping: deeds of its owner.

Giving one is a yes in writing, kept with the words, the number and the date. More waits for a day after a session; taking
away and stopping act at once, and what was on its way takes another way.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.module_loading import import_string

from koru.moments.directions import narrows, widens
from koru.people.consent_texts import consent_text
from koru.people.consents import record_consent, withdraw_consent
from koru.people.models import Person

from .letting_in import Tomorrow
from .models import Preferences
from .rerouting import reroute
from .text_numbers import A_DAY, CONSENT, TRIES, CodeAsked, TextNumber, number_hash, number_of

LASTS = timedelta(minutes=10)
A_MOMENT = timedelta(minutes=1)  # so long a second tap sends no second code
FORGOTTEN = timedelta(days=30)


class TooOften(Exception):
    """They have asked for so many codes today that the next comes tomorrow."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code on its way. `key` names this one, however often it is sent."""

    number: str
    digits: str
    key: UUID


@widens
@transaction.atomic
def give_number(person: Person, number: str, *, by: Person) -> Code | None:
    """Their yes to texts to that number (E.164), which gets a code. The one they had before is over.

    None: so many codes have gone there today that none goes, or one went a moment ago. Raises Tomorrow or TooOften.
    """
    _may(person)
    _held(person)
    found = number_of(person.pk)
    same = found if found and found.is_pending and found.number == number else None
    if same and same.tries < TRIES and same.code_until > timezone.now() + LASTS - A_MOMENT:
        return None
    asked = _counted(person, number)
    found = same or _begun(person, number, by)
    salt = secrets.token_hex(16)
    TextNumber.objects.filter(pk=found.pk).update(salt=salt, code_until=timezone.now() + LASTS, tries=0)
    return Code(number, _code(found.pk, salt), asked.pk) if asked.to_number else None


@widens
@transaction.atomic
def say_code(person: Person, digits: str, *, by: Person) -> bool:
    """Whether it is the code that went to their number, in time, within five tries: then texts come. Raises Tomorrow."""
    _may(person)
    _held(person)
    found = number_of(person.pk)
    if not found or not found.is_pending or found.tries >= TRIES or found.code_until <= timezone.now():
        return False
    own = TextNumber.objects.filter(pk=found.pk)
    own.update(tries=F("tries") + 1)
    if not constant_time_compare(digits, _code(found.pk, found.salt)):
        return False
    own.update(verified_at=Now())
    Preferences.objects.get_or_create(person=person)  # what reaches somebody is asked for with what they chose
    reroute(person.pk)
    return True


@narrows
@transaction.atomic
def take_number_away(person: Person, *, by: Person) -> bool:
    """No number any more, and the yes is withdrawn. Whether there was one."""
    return _over(person, "ended_at", by)


@narrows
@transaction.atomic
def stop_texts(person: Person, *, by: Person) -> bool:
    """STOP: none goes to their number any more. Whether any would have."""
    return _over(person, "stopped_at", by)


@widens
@transaction.atomic
def start_texts(person: Person, *, by: Person) -> bool:
    """START, said from a number that had said STOP: texts come again. Whether that was so. Raises Tomorrow."""
    _may(person)
    _held(person)
    found = number_of(person.pk)
    if not found or not found.stopped_at or not found.verified_at:
        return False
    text = consent_text(CONSENT)
    given = record_consent(person, CONSENT, text.version, f"{text.text}\n\nSTART, as a text message", by=by)
    TextNumber.objects.filter(pk=found.pk).update(stopped_at=None, consent=given)
    reroute(person.pk)
    return True


def not_reached(person: UUID) -> None:
    """The provider knows no such number, or nothing can be sent there: their notes take another way from now on."""
    if TextNumber.objects.filter(person=person, ended_at=None, not_reached_at=None).update(not_reached_at=Now()):
        reroute(person)


def _may(person: Person) -> None:
    waits_for: Callable[[Person, datetime], datetime | None] = import_string(settings.KORU_DECIDES_TOMORROW)
    if until := waits_for(person, timezone.now()):
        raise Tomorrow(until)


def _held(person: Person) -> None:
    """So that two taps at once are one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _begun(person: Person, number: str, by: Person) -> TextNumber:
    TextNumber.objects.filter(person=person, ended_at=None).update(ended_at=Now())
    text = consent_text(CONSENT)
    given = record_consent(person, CONSENT, text.version, text.text, by=by)
    fields = {"number": number, "number_hash": number_hash(number), "salt": "", "code_until": timezone.now()}
    made = TextNumber.objects.create(person=person, consent=given, **fields)
    reroute(person.pk)
    return made


def _counted(person: Person, number: str) -> CodeAsked:
    """This asking among those of the day. Raises TooOften."""
    today, hashed = timezone.now().date(), number_hash(number)
    CodeAsked.objects.filter(person=person, on__lt=today - FORGOTTEN).delete()
    before = CodeAsked.objects.filter(person=person, on=today).count()
    if before >= A_DAY:
        raise TooOften
    return _noted(person, hashed, today, before + 1)


def _noted(person: Person, hashed: str, today: date, nth: int) -> CodeAsked:
    """Somebody else may ask for the same number at this moment: then theirs goes."""
    there = CodeAsked.objects.filter(number_hash=hashed, on=today).exclude(to_number=None).count() + 1
    row = {"person": person, "number_hash": hashed, "on": today, "by_person": nth}
    try:
        with transaction.atomic():
            return CodeAsked.objects.create(**row, to_number=there if there <= A_DAY else None)
    except IntegrityError:
        return CodeAsked.objects.create(**row, to_number=None)


def _code(number_id: UUID, salt: str) -> str:
    made = salted_hmac("koru.reminders.code", f"{number_id}:{salt}", algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06}"


def _over(person: Person, how: str, by: Person) -> bool:
    live = TextNumber.objects.filter(person=person, ended_at=None)
    over = live.filter(stopped_at=None) if how == "stopped_at" else live
    if not over.update(**{how: Now()}):
        return False
    withdraw_consent(person, CONSENT, by=by)
    reroute(person.pk)
    return True
