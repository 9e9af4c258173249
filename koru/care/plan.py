"""What therapist and client follow together: the symptoms that a check-in asks about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from koru.privacy.door import Record
from koru.ui.forms import KoruForm
from moodtracking.item_sets import load
from moodtracking.models import PickedSymptom
from moodtracking.picking import live_symptoms, retire


@dataclass(frozen=True, slots=True)
class Followed:
    """A symptom in the words that the client sees."""

    id: UUID
    words: str


class PickForm(KoruForm):
    """One symptom of the list that isn't followed yet."""

    symptom = forms.ChoiceField(
        label="Ask about one more", help_text="Picked together, four at most. Either of you can retire it."
    )

    def __init__(self, data: Mapping[str, Any] | None, followed: Sequence[PickedSymptom]) -> None:
        super().__init__(data)
        taken = {symptom.item_key for symptom in followed}
        left = [(key.removeprefix("symptom:"), item.ask) for key, item in load().symptoms.items() if key not in taken]
        self.fields["symptom"] = forms.ChoiceField(
            choices=[("", "Choose one"), *left],
            label=self.fields["symptom"].label,
            help_text=self.fields["symptom"].help_text,
            error_messages={"required": "Choose a symptom to ask about.", "invalid_choice": "Pick one of the symptoms shown."},
        )


def followed_in(record: Record) -> list[Followed]:
    symptoms = load().symptoms
    return [Followed(row.pk, symptoms[row.item_key].ask) for row in live_symptoms(record.client)]


def retire_in(record: Record, symptom: UUID) -> bool:
    """Stop asking about one. Leaves its trace; whether there was something to retire."""
    record.looked_at("plan changed", symptom)
    return retire(symptom, client=record.client, by=record.reader)
