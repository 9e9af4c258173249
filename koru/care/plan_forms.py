"""The forms of a plan: they check and speak, and write nothing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from journaling import library
from journaling.assigned import Assigned
from journaling.assigning import Choice
from journaling.catalogue import TENDER
from journaling.chosen import LOOK_INSIDE
from koru.people.spacing import Where
from koru.people.spacings import SPACINGS
from koru.people.stages import Stage
from koru.ui.forms import KeyField, KoruForm
from koru.ui.widgets import Choices
from moodtracking.item_sets import load as questions
from moodtracking.measures import schedules
from moodtracking.measures.instrument import Measure
from moodtracking.measures.models import Assignment
from moodtracking.models import PickedSymptom
from moodtracking.own_forms import OwnItemForm

from . import courses

Data = Mapping[str, Any] | None
LONGEST_QUESTION = 300
PHASES = {
    "before": "Before a session",
    "day-of": "On the day",
    "after-0-1d": "The first day after",
    "after-2-7d": "The first week after",
    "after-2-4wk": "Weeks two to four",
    "between": "In between",
}
NONE = ("", "None")
BETWEEN = "."  # a measure and its form in one value: neither name can hold it


class PickForm(KoruForm):
    """One symptom of the list that isn't followed yet."""

    symptom = forms.ChoiceField(
        label="A symptom",
        error_messages={"required": "Choose a symptom to ask about.", "invalid_choice": "Pick one of the symptoms shown."},
    )

    def __init__(self, data: Data, followed: Sequence[PickedSymptom]) -> None:
        super().__init__(data)
        taken = {symptom.item_key for symptom in followed}
        left = [(key.removeprefix("symptom:"), item.ask) for key, item in questions().symptoms.items() if key not in taken]
        offer(self.fields["symptom"], [("", "Choose one"), *left])


class RevisionField(forms.IntegerField):
    """What the page last saw saved of its own typing; 0 for whatever is no number."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class Autosaved(KoruForm):
    """A form whose words are kept while they are typed (koru.care.typing_plan)."""

    keyed = True
    revision = RevisionField(min_value=0, max_value=2**31 - 1, required=False, initial=0)


class SuggestForm(Autosaved, OwnItemForm):
    """A question in their own words, on the therapist's page."""


class ChoiceForm(Autosaved):
    """One of three: a prompt, a guide, or a question for this client alone."""

    prompt = forms.ChoiceField(label="A prompt", required=False)
    guide = forms.ChoiceField(label="Or a guide", required=False)
    question = forms.CharField(
        label="Or one question, in your own words",
        help_text="Shown with your name. It can be left unanswered.",
        max_length=LONGEST_QUESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Data, ceiling: int) -> None:
        super().__init__(data, auto_id="choose_%s")
        offer(self.fields["prompt"], [NONE, *prompts_by_phase(ceiling)])
        offer(self.fields["guide"], [NONE, *((guide.slug, guide.title) for guide in library.load().guides.values())])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and sum(bool(said.get(name)) for name in ("prompt", "guide", "question")) != 1:
            raise forms.ValidationError("Choose one of the three: a prompt, a guide or a question.")
        return said

    @property
    def choice(self) -> Choice:
        said = self.cleaned_data
        if said["question"]:
            return Choice(Assigned.Kind.QUESTION, question=said["question"])
        kind = Assigned.Kind.PROMPT if said["prompt"] else Assigned.Kind.GUIDE
        return Choice(kind, said["prompt"] or said["guide"])


class DepthForm(KoruForm):
    """The switch for tender prompts."""

    depth = forms.TypedChoiceField(
        label="How deep prompts may go",
        choices=[(1, "Easy ones only"), (LOOK_INSIDE, "Easy ones, and a look inside"), (TENDER, "Tender ones too")],
        coerce=int,
        widget=Choices(hints={str(TENDER): "Never after 21:00, nor on a low day, and always said beforehand."}),
    )


class StageForm(KoruForm):
    """Where the two are on the way: a stage, and for the one in which they meet less, how often."""

    stage = forms.ChoiceField(
        label="Where the two of you are",
        choices=[
            ("sessions", "Sessions, and the weeks around them"),
            *((f"maintenance{BETWEEN}{weeks}", f"Seeing each other less, about every {weeks} weeks") for weeks in SPACINGS),
            ("finishing", "Coming to an end, together"),
        ],
        help_text="Seeing each other less is proposed: it stands once they say yes.",
        error_messages={"required": "Pick where you are.", "invalid_choice": "Pick one of those shown."},
        widget=Choices(hints={"finishing": "Offers the guides Looking back and A letter forward."}),
    )

    def __init__(self, data: Data, fewer: str = "", *, monthly: bool = False, **kwargs: Any) -> None:
        """`fewer`: how often a note could come instead, where that can be suggested along with it. `monthly`: so can WHO-5."""
        super().__init__(data, **kwargs)
        if monthly:
            label = "With meeting less: the WHO-5 once a month, in place of the measures now"
            self.fields["monthly"] = forms.BooleanField(label=label, required=False, initial=True)
        if fewer:
            label = f"Suggest a note {fewer} too"
            self.fields["fewer"] = forms.BooleanField(label=label, required=False, help_text="It takes the client’s yes.")

    @classmethod
    def showing(cls, where: Where, fewer: str = "", *, monthly: bool = False) -> "StageForm":
        """With what is proposed picked, else what stands."""
        stage = where.stage
        value = BETWEEN.join(str(part) for part in (stage.name, stage.weeks) if part) if stage else "sessions"
        if where.proposed:
            value = f"{Stage.Name.MAINTENANCE}{BETWEEN}{where.proposed.weeks}"
        return cls(None, fewer, monthly=monthly, initial={"stage": value})

    @property
    def said(self) -> tuple[str, int | None]:
        """Name and weeks: those of a spacing to propose, or none for `set_stage`."""
        name, _, weeks = self.cleaned_data["stage"].partition(BETWEEN)
        return ("" if name == "sessions" else name), int(weeks) if weeks else None


class MeasureForm(KoruForm):
    """One measure, in one of its forms, at its times."""

    measure = forms.ChoiceField(
        label="Measure",
        error_messages={"required": "Choose a measure.", "invalid_choice": "Pick one of the measures shown."},
        help_text="A weekly form asks about the past week, a monthly one about the past month. Results of two forms are never "
        "compared: to see a change, stay with one.",
    )
    schedule = forms.ChoiceField(label="When", initial="fortnightly")
    threshold = forms.TypedChoiceField(
        label="Threshold, for AUDIT-C",
        choices=[NONE, ("3", "3"), ("4", "4")],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Chosen by you. Koru doesn’t guess it.",
    )
    shows = forms.ChoiceField(
        label="What is read at the end", choices=Assignment.Shows.choices, initial=Assignment.Shows.WORDS, widget=Choices
    )

    def __init__(self, data: Data, usable: Iterable[Measure]) -> None:
        super().__init__(data, auto_id="measure_%s")
        offer(self.fields["measure"], [("", "Choose one"), *(choice for one in usable for choice in forms_offered(one))])
        offer(self.fields["schedule"], [(key, one.words) for key, one in schedules.load().items()])

    @property
    def wanted(self) -> courses.Wanted:
        """What was picked, the form with it."""
        slug, _, form = self.cleaned_data["measure"].partition(BETWEEN)
        return courses.Wanted(slug, self.cleaned_data["schedule"], form)


class CourseForm(KoruForm):
    """A template of the plan: all of it with one choice."""

    key = KeyField()
    course = forms.ChoiceField(label="A template", error_messages={"required": "Choose a template."})

    def __init__(self, data: Data) -> None:
        super().__init__(data)
        known = courses.load().values()
        offer(self.fields["course"], [("", "Choose one"), *((one.key, f"{one.title}: {one.about}") for one in known)])


def forms_offered(measure: Measure) -> list[tuple[str, str]]:
    """The measure as choices of a select: one for each of its forms, so that which one it is can't be overlooked."""
    about = f"{measure.about[:1].lower()}{measure.about[1:]}"
    if len(measure.forms) == 1:
        return [(measure.slug, f"{measure.title}, {about}")]
    return [(f"{measure.slug}{BETWEEN}{form}", f"{measure.title_of(form)}, {about}") for form in measure.forms]


def prompts_by_phase(ceiling: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """The library as groups of a select; tender ones only where they are turned on."""
    shown = [prompt for prompt in library.load().prompts.values() if prompt.depth <= ceiling]
    return [
        (PHASES[phase], [(one.slug, one.text) for one in group]) for phase, group in groupby(shown, key=lambda one: one.phase)
    ]


def offer(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> None:
    if not isinstance(field, forms.ChoiceField):
        raise TypeError("these are offered as a choice")
    field.choices = choices
