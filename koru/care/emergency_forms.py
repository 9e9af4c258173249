"""Whose record, and why: the form checks and speaks, and writes nothing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from koru.people.breaking_glass import LONGEST_REASON, SHORTEST_REASON
from koru.people.models import Person
from koru.ui.flood import over
from koru.ui.forms import KoruForm, OneLineField

TRIES, HOUR = 20, 3600


class EmergencyForm(KoruForm):
    """A client is named, never picked from a list: nobody leafs through people they don't work with."""

    who = OneLineField(
        label="Whose record",
        max_length=254,
        help_text="Their whole name as it stands here, or their mail address.",
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    reason = forms.CharField(
        label="Why now",
        max_length=LONGEST_REASON,
        min_length=SHORTEST_REASON,
        help_text=f"The client reads this. {SHORTEST_REASON} to {LONGEST_REASON} characters.",
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: Any, *, by: Person) -> None:
        super().__init__(data)
        self.by = by

    def clean_who(self) -> Person:
        said: str = self.cleaned_data["who"]
        if over("emergency", str(self.by.pk), TRIES, HOUR):
            raise ValidationError("That were many tries. Ask the desk, or wait an hour.")
        found = list(Person.objects.clients().filter(Q(email__iexact=said) | Q(display_name__iexact=said))[:2])
        if not found:
            raise ValidationError("No client here has exactly this name or address.")
        if len(found) > 1:
            raise ValidationError("Several people have this name. Give the mail address instead.")
        return found[0]
