"""The section on silence: whether a hello comes then, and whether and when one's therapist may know."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from koru.people.models import Person
from koru.safety import saying_hello
from scheduling.resting import waits_for

from .settings_forms import SettingsForm, set_choices

ONLY_ME = ""
WAITS = {48: "Two days after the hello, if I haven’t answered", 24: "One day after the hello, as I have a safety plan"}


class QuieterForm(SettingsForm):
    title = "When it gets quiet"
    widening = "tells_after"
    says_hello = forms.BooleanField(
        label="Say hello when I am quieter than usual",
        help_text="Once, to you alone. Koru counts the days between your own notes; it never looks at what they say.",
        required=False,
    )
    tells_after = forms.ChoiceField(
        label="May my therapist know?",
        help_text="Only that it is quieter than usual. You hear it first, and you can change this at any time.",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        super().__init__(data, person)
        stands = saying_hello.choice_of(person).tells_after
        hours = {*saying_hello.waits_offered(person), *([stands] if stands else [])}
        waits = [(str(hours_), WAITS[hours_]) for hours_ in WAITS if hours_ in hours]
        set_choices(self, "tells_after", [(ONLY_ME, "Only if I say so in my answer"), *waits])

    def now(self, person: Person) -> dict[str, Any]:
        chosen = saying_hello.choice_of(person)
        return {"says_hello": chosen.says_hello, "tells_after": str(chosen.tells_after or ONLY_ME)}

    def keep(self) -> None:
        """Raises AskAgain when telling more has to wait; the rest is kept by then."""
        client, hours = self.person, int(self.cleaned_data["tells_after"] or 0)
        stands = saying_hello.choice_of(client)
        if not self.cleaned_data["says_hello"]:
            saying_hello.want_no_hellos(client, by=client)
            return
        if not stands.says_hello:
            saying_hello.want_hellos(client, by=client)
        if not hours:
            saying_hello.keep_silence_to_oneself(client, by=client)
        elif hours != stands.tells_after:
            saying_hello.let_silence_be_told(client, hours, waits=waits_for(client, timezone.now()), by=client)
