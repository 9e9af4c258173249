"""What a check-in says that somebody may have to look at: facts by name, for the rules of `koru.safety`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import FloatField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.models import Appointment

from .item_sets import load
from .models import CheckIn
from .mood_drop import LOOKED_BACK, LOW, has_dropped
from .side_effects import clinic_words
from .trends import daily_values

CRAVINGS = ("symptom:urge-to-use", "side_effect:craving")
STRONG = 3
WEEK = timedelta(days=7)
Facts = dict[str, float]


def facts_of(row: CheckIn, now: datetime) -> Facts:
    """Asks the database only for what these answers could make true."""
    told: Facts = {f"check-in.{key}": value for key, value in row.answers.items() if _opens_help(key)}
    if any(row.answers.get(key, 0) >= STRONG for key in CRAVINGS):
        told["craving.times"] = _cravings(row.client, now)
    if row.kind == CheckIn.Kind.SIDE_EFFECT:
        told["side-effect.strong"] = int(bool(clinic_words(row)))
    elif row.answers.get("mood", 0) <= LOW and _has_dropped(row, now):
        told["mood.drop"] = 1
        told["mood.drop.after_session"] = int(_after_session(row.client, now))
    return told


def _opens_help(key: str) -> bool:
    item = load().item(key)
    return item is not None and item.help_from is not None


def _cravings(client: Person, now: datetime) -> int:
    """Check-ins of the last seven days in which it was strong."""
    strong = Q()
    for key in CRAVINGS:
        strong |= Q(**{f"answers__{key}__gte": STRONG})
    return CheckIn.objects.written_by(client).kept().filter(strong, at__gt=now - WEEK, at__lte=now).count()


def _has_dropped(row: CheckIn, now: datetime) -> bool:
    client = row.client
    today = max(local_day(now, ZoneInfo(client.zone), client.day_starts), row.local_date)
    rows = CheckIn.objects.written_by(client).kept().daily().filter(local_date__gte=today - LOOKED_BACK)
    mood = Cast(KeyTextTransform("mood", "answers"), FloatField())
    told = rows.filter(answers__has_key="mood", local_date__lte=today).values_list("local_date", mood)
    return has_dropped(daily_values(told), today)


def _after_session(client: Person, now: datetime) -> bool:
    """Within seven days after a dosing session."""
    over = Appointment.objects.dosing().filter(client=client, state="met", during__startswith__lte=now)
    return over.filter(during__startswith__gt=now - WEEK).exists()
