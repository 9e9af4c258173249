"""The section on practices: whether they are suggested, and who sees what was done."""

from typing import Any

from django import forms
from django.utils import timezone

from koru.people.models import Person
from koru.practices import choosing
from scheduling.resting import waits_for

from .settings_forms import SettingsForm


class PracticesForm(SettingsForm):
    title = "Practices"
    suggests = forms.BooleanField(label="Suggest one on Today when one may fit", required=False)
    shares = forms.BooleanField(
        label="My therapist sees which I did, and whether they helped",
        help_text="All of them, the earlier ones too. Switched off, all of it is yours alone at once.",
        required=False,
    )

    def now(self, person: Person) -> dict[str, Any]:
        chosen = choosing.choices_of(person)
        return {"suggests": chosen.suggests, "shares": chosen.shares}

    def keep(self) -> None:
        """Raises choosing.AskAgain when sharing has to wait; the rest is kept by then."""
        choosing.suggest(self.cleaned_data["suggests"], by=self.person)
        if not self.cleaned_data["shares"]:
            choosing.keep_to_oneself(by=self.person)
        elif not choosing.choices_of(self.person).shares:
            choosing.share(waits=waits_for(self.person, timezone.now()), by=self.person)
