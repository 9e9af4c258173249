"""What is known of a client and practices: read in one round trip with whatever else a page asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Func, Max, Q, QuerySet, TextField, Value

from koru.people.models import Person
from koru.sealing.fields import SealedTextField, shown_blob

from .models import PracticeAside, PracticeChoices, PracticeDone, PracticePick
from .recommending import Helped, Picked
from .setting_aside import away

LATELY = timedelta(hours=24)
HELPED: Mapping[str, Helped] = {"yes": "yes", "a_bit": "a_bit", "not_really": "not_really", "harder": "harder"}


@dataclass(frozen=True, slots=True)
class Known:
    """As `recommending.Situation` takes them. `suggests`: whether the client wants to be offered any."""

    ratings: Mapping[str, tuple[Helped, ...]]
    lately: frozenset[str]
    away: frozenset[str]
    picks: Mapping[str, Picked]
    cautions: frozenset[str]
    suggests: bool


def about_practices(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What the choice asks: what was said of each practice, newest first; what was set aside; picks; choices."""
    said = StringAgg("helped", ",", filter=~Q(helped=""), order_by="-at", default=Value(""))
    done = PracticeDone.objects.of(client).order_by().values("practice").annotate(said=said, last=Max("at"))
    picks = PracticePick.objects.of(client).open().values_list("id", "practice", "sentence", "moment", "picked_by__display_name")
    cautions = Func(F("cautions"), Value(","), function="array_to_string", output_field=TextField())
    chosen = PracticeChoices.objects.filter(client=client).annotate(left_out=cautions).values_list("suggests", "left_out")
    aside = PracticeAside.objects.of(client).counted().values_list("practice", "times", "last")
    return done.values_list("practice", "said", "last"), aside, picks, chosen


def known_from(answers: Sequence[list[Any]], client: UUID, now: datetime) -> Known:
    """By the answers to `about_practices`."""
    done, aside, picks, chosen = answers
    suggests, cautions = chosen[0] if chosen else (True, "")
    return Known(
        ratings={practice: ratings(said) for practice, said, _ in done if said},
        lately=frozenset(practice for practice, _, last in done if last > now - LATELY),
        away=away(aside, now),
        picks={row[1]: _picked(row, client) for row in picks},
        cautions=frozenset(filter(None, cautions.split(","))),
        suggests=suggests,
    )


def ratings(said: str) -> tuple[Helped, ...]:
    return tuple(HELPED[one] for one in said.split(",") if one in HELPED)


def _picked(row: Any, client: UUID) -> Picked:
    ident, _, blob, moment, by = row
    field = PracticePick._meta.get_field("sentence")
    if not isinstance(field, SealedTextField):
        raise TypeError("a pick's sentence is sealed")
    return Picked(by, shown_blob(bytes(blob), field.place_of(ident, client)), moment)
