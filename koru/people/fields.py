"""Fields in which somebody is picked."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from .models import Person

if TYPE_CHECKING:
    PersonField = forms.ModelChoiceField[Person]
    People = forms.ModelMultipleChoiceField[Person]
else:
    PersonField = forms.ModelChoiceField
    People = forms.ModelMultipleChoiceField


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


class PeopleField(People):
    """Several of those shown."""

    def clean(self, value: Any) -> Any:
        """What is no list of ids is answered like ids of nobody."""
        try:
            return super().clean(value)
        except ValidationError as wrong:
            code = "required" if wrong.code == "required" else "invalid_choice"
            raise ValidationError(self.error_messages[code], code=code) from None
