"""Plain words for what is wrong, where a form gives none of its own. They say what to do."""

from django import forms
from django.core import validators
from django.forms.utils import pretty_name

PICK = "Pick one of the values shown."
EMAIL = "Enter an email address with an @, like name@example.org"
DATE = "Enter a date that exists, with day, month and year"
TIME = "Enter a time, like 9:30 am"
LONG = "Keep this to %(limit_value)d characters. It has %(show_value)d now."

Sentences = dict[str, str]
KINDS: tuple[tuple[tuple[type[forms.Field], ...], str, Sentences], ...] = (
    ((forms.ChoiceField, forms.ModelChoiceField), "choose one", {"invalid_choice": PICK}),
    ((forms.BooleanField,), "please tick this to go on", {}),
    ((forms.DateField,), "please give a date", {"invalid": DATE}),
    ((forms.TimeField,), "please give a time", {"invalid": TIME}),
    ((forms.IntegerField, forms.DecimalField), "please fill this in", {"invalid": PICK, "min_value": PICK, "max_value": PICK}),
    ((forms.Field,), "please fill this in", {}),
)


def plain_words(name: str, field: forms.Field) -> None:
    """Puts our sentences where Django's own still stand."""
    usual = _usual(field)
    for code, words in _sentences(name, field).items():
        if field.error_messages.get(code) == usual.get(code):
            field.error_messages[code] = words
    for validator in field.validators:
        if isinstance(validator, validators.MaxLengthValidator):
            validator.message = LONG
        if isinstance(validator, validators.EmailValidator):
            validator.message = EMAIL


def _usual(field: forms.Field) -> dict[str, object]:
    usual: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        usual |= getattr(kind, "default_error_messages", {})
    return usual


def _sentences(name: str, field: forms.Field) -> Sentences:
    """The summary names the question, since it stands far from it."""
    label = str(field.label or pretty_name(name))
    demand, others = next((demand, others) for kinds, demand, others in KINDS if isinstance(field, kinds))
    required = f"{label} {demand.capitalize()}" if label.endswith("?") else f"{label}: {demand}"
    return {"required": EMAIL if isinstance(field, forms.EmailField) else required, **others}
