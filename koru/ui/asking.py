"""The parts of a form as its templates need them: which component shows a field, its control, what is wrong."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from .drawings import stage

TYPED_FREELY = ("text", "search")


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary; without a link when it belongs to no visible field."""

    message: str
    target: str


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or tick, as its component shows it."""

    id: str
    name: str
    value: str
    label: str
    hint: str
    drawing: SafeString
    checked: bool
    disabled: bool


SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "ticks"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "tick"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)


def shape(field: BoundField) -> str:
    """The name of the component in `koru/fields/` that shows this field."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    own = getattr(widget, "shape", "")
    return own or next((name for kind, name in SHAPES if isinstance(widget, kind)), "input")


def control(field: BoundField) -> SafeString:
    """The bare control, with our class, and its text running in the direction it is typed in."""
    attrs: dict[str, Any] = {"placeholder": False}
    if shape(field) not in {"hidden", "tick"}:
        attrs["class"] = _classes(field)
    if shape(field) == "textarea" or getattr(field.field.widget, "input_type", "") in TYPED_FREELY:
        attrs["dir"] = "auto"
    return field.as_widget(attrs=attrs)


def _classes(field: BoundField) -> str:
    return f"input {field.field.widget.attrs.get('class', '')}".strip()


def options(field: BoundField) -> list[Option]:
    """The radios or ticks of a field, with their hints and drawings."""
    parts = list(field.subwidgets)
    hints = getattr(field.field.widget, "hints", {})
    drawn = getattr(field.field.widget, "drawn", False)
    return [
        Option(
            id=str(part.id_for_label),
            name=part.data["name"],
            value=str(part.data["value"]),
            label=str(part.data["label"]),
            hint=hints.get(str(part.data["value"]), ""),
            drawing=stage(index, len(parts)) if drawn else SafeString(""),
            checked=bool(part.data["selected"]),
            disabled=bool(part.data["attrs"].get("disabled")),
        )
        for index, part in enumerate(parts)
    ]


def faults(form: forms.BaseForm) -> list[Fault]:
    """What is wrong with a form, in the order of its fields, then what concerns all of it."""
    if not form.is_bound:
        return []
    found = [Fault(str(words), target(form[name])) for name in form.fields for words in form.errors.get(name, [])]
    return found + [Fault(str(words), "") for words in form.non_field_errors()]


def target(field: BoundField) -> str:
    """The id that a link in the summary leads to: the control, or the first of its radios."""
    if field.is_hidden:
        return ""
    if shape(field) in {"ticks", "choices", "steps", "slide"}:
        return next((option.id for option in options(field)), "")
    return str(field.id_for_label)
