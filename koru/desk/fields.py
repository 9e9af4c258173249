"""Fields that several forms of the desk share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from koru.people.models import Person

if TYPE_CHECKING:
    PersonField = forms.ModelChoiceField[Person]
else:
    PersonField = forms.ModelChoiceField


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
