"""What therapist and client follow together: what a check-in asks, what there is to write about, which measures; its sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django import forms
from django.utils import timezone

from journaling.chosen import Chosen, assigned_to, depth_of
from koru.people.spacing import Where, where_of
from koru.practices.picks import PickShown, picks_of
from koru.privacy.door import Record
from koru.reminders.burden import Load
from koru.reminders.burden import load as table
from moodtracking.following import Following, following
from moodtracking.load import load_from, minutes
from moodtracking.measures import definitions, schedules
from moodtracking.measures.assigning import live_assignments
from moodtracking.measures.models import Assignment
from moodtracking.measures.offering import usable
from moodtracking.needing_less import Rhythm, rhythm_of
from moodtracking.seeing_less import MEASURE

from .models import Typed
from .plan_forms import ChoiceForm, CourseForm, DepthForm, MeasureForm, PickForm, StageForm, SuggestForm
from .practice_forms import PracticeForm


@dataclass(frozen=True, slots=True)
class Assigned:
    """A measure of the plan in words."""

    id: UUID
    title: str
    when: str
    minutes: str
    shows: str
    threshold: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the sum."""

    name: str
    minutes: str


@dataclass(frozen=True)
class Plan:
    """A client's plan as it stands."""

    followed: Following
    chosen: list[Chosen]
    assigned: list[Assignment]
    ceiling: int
    where: Where
    picks: Mapping[str, PickShown]
    rhythm: Rhythm | None

    @cached_property
    def load(self) -> Load:
        return replace(load_from(self.followed, self.assigned), chosen=float(sum(one.minutes for one in self.chosen)))

    @property
    def known(self) -> list[Assignment]:
        """The measures whose files are still there."""
        return [row for row in self.assigned if row.measure in definitions.load()]

    @property
    def measures(self) -> list[Assigned]:
        return [in_words(row) for row in self.known]

    @property
    def room_for_symptoms(self) -> bool:
        return len(self.followed.symptoms) < 4

    @property
    def room_for_items(self) -> bool:
        return len(self.followed.live) < 5

    @property
    def sum(self) -> "Sum":
        return Sum(self.load)


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes asked in a usual week, part by part, and in the fullest."""

    load: Load

    @property
    def parts(self) -> Sequence[Part]:
        offered = self.load.prompts * table().prompt
        told = (
            ("A check-in a day", self.load.check_ins),
            ("Further questions in it", self.load.items),
            ("Measures", self.load.measured),
            ("To write about, once", self.load.chosen),
            ("Prompts that Koru offers", offered),
        )
        return [Part(name, halves(number)) for name, number in told if number]

    @property
    def usual(self) -> str:
        return minutes(self.load.total)

    @property
    def fullest(self) -> str:
        return minutes(self.load.fullest)

    @property
    def filled(self) -> int:
        """The usual week as a share of the most, in hundredths, for a bar."""
        return min(100, round(100 * self.load.total / table().most))

    @property
    def most(self) -> str:
        return minutes(table().most)


def plan_of(record: Record) -> Plan:
    """The plan of an open record. Nine queries at most, however much there is."""
    client = record.client
    standing = following(client), assigned_to(client), live_assignments(client), depth_of(client), where_of(client)
    return Plan(*standing, picks_of(client), rhythm_of(client, timezone.now()))


def forms_of(plan: Plan, typed: Mapping[str, Typed], posted: forms.BaseForm | None = None) -> dict[str, forms.BaseForm]:
    """All forms of the page by name, with what was typed before; `posted` takes the place of the one of its sort."""
    offered = usable()
    monthly = any(one.slug == MEASURE for one in offered)
    blank: dict[str, forms.BaseForm] = {
        "pick": PickForm(None, plan.followed.symptoms),
        "own": SuggestForm(None, auto_id="own_%s"),
        "choose": ChoiceForm(None, plan.ceiling),
        "depth": DepthForm(None, initial={"depth": plan.ceiling}),
        "course": CourseForm(None),
        "stage": StageForm.showing(plan.where, plan.rhythm.pace.may_suggest if plan.rhythm else "", monthly=monthly),
        "measure": MeasureForm(None, offered),
        "practise": PracticeForm(None),
    }
    for name, row in typed.items():
        blank[name].initial.update(row.given, key=row.key, revision=row.revision)
    return {name: posted if posted and type(posted) is type(form) else form for name, form in blank.items()}


def in_words(row: Assignment) -> Assigned:
    measure, times = definitions.load()[row.measure], schedules.load()[row.schedule]
    return Assigned(
        row.pk, measure.title_of(row.form), times.words, minutes(measure.minutes), row.get_shows_display(), row.threshold
    )


def halves(number: float) -> str:
    """To the half minute, for a sum of small parts: "1½"."""
    whole, rest = divmod(round(number * 2), 2)
    return f"{whole or ''}{'½' if rest else ''}" or "0"
