"""The form of how each note reaches somebody: a row of ways for each kind."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.people.models import Person
from koru.ui.forms import KoruForm

from .choosing_ways import choose_ways, kinds_with_ways, offered, ways_now
from .way_words import ALWAYS, KINDS, WAYS


class WaysForm(KoruForm):
    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        self.person = person
        self.now = ways_now(person)
        super().__init__(data)
        self.offered = offered(person)
        for one in kinds_with_ways(person):
            if self.offered[one.name]:
                self.fields[one.name] = forms.MultipleChoiceField(
                    label=KINDS.get(one.name) or ALWAYS[one.name],
                    help_text="" if one.opt_out else "Always by mail, and if you like also:",
                    choices=[(way, WAYS[way]) for way in self.offered[one.name]],
                    initial=self.now[one.name],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def keep(self) -> None:
        """What stayed as it was isn't touched: a usual way goes on following what reaches them."""
        told = self.cleaned_data.items()
        changed = {name: ways for name, ways in told if set(ways) != set(self.now[name]) & set(self.offered[name])}
        if changed:
            choose_ways(self.person, changed, by=self.person)
