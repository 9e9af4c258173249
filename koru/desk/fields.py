"""Fields that several forms of the desk share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from koru.people.models import Person
from koru.ui.forms import OneLineField

if TYPE_CHECKING:
    PersonField = forms.ModelChoiceField[Person]
else:
    PersonField = forms.ModelChoiceField

DIGITS = range(5, 16)


class PhoneField(OneLineField):
    """A number kept as typed, when it holds 5 to 15 digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, widget=forms.TextInput({"type": "tel", "inputmode": "tel"}), **kwargs)

    def clean(self, value: Any) -> str:
        phone: str = super().clean(value)
        if phone and sum(sign.isdecimal() for sign in phone) not in DIGITS:
            raise ValidationError("This doesn't look like a phone number: is something missing?")
        return phone


class TherapistField(PersonField):
    """One of the therapists who work here now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.therapists().order_by("display_name", "pk"), **kwargs)

    def to_python(self, value: Any) -> Person | None:
        """What is no id at all is answered like an id of nobody."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None
