"""A line of the list for keeping well."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.safety.keeping import KeepingLine, Kind
from koru.ui.forms import KoruForm, OneLineField

LONGEST = 200
ASKS = {
    Kind.SIGN: "What tells you early that things are sliding?",
    Kind.TELL: "Who would you tell first?",
    Kind.STEP: "What do you do then?",
}


class LineForm(KoruForm):
    """A new line of one kind."""

    keyed = True
    words = OneLineField(label="", max_length=LONGEST, error_messages={"required": "A word or two are plenty."})

    def __init__(self, kind: Kind, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"{kind}_%s")
        self.kind = kind
        self.fields["words"].label = ASKS[kind]


class OtherwiseForm(KoruForm):
    """The same line, in other words."""

    keyed = True
    words = OneLineField(label="In other words", max_length=LONGEST, error_messages={"required": "A word or two are plenty."})

    def __init__(self, line: KeepingLine, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"line_{line.pk.hex}_%s", initial={"words": line.words})
        self.line = line


class KindForm(forms.Form):
    """Which part of the list something is for."""

    kind = forms.ChoiceField(choices=Kind.choices)
