"""What all forms of Koru share: typed text made keepable, plain words for what is wrong, a key against double submits."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from koru.moments.turns import Turn

from .text import is_one_line, tidied
from .words import plain_words

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

DIGITS = range(5, 16)
NOTICE = "A few characters can't be kept, so they were left out. Everything else is as you wrote it."


class KeyField(forms.UUIDField):
    """The idempotency key. One that is no key protects nothing: the submit stands by itself, under a new one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4)

    def clean(self, value: Any) -> UUID:
        try:
            return cast(UUID | None, super().clean(value)) or uuid4()
        except ValidationError:
            return uuid4()


class OneLineField(forms.CharField):
    """A name, a subject: what goes into a mail's head has to be one line."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not is_one_line(text):
            raise ValidationError("Please use one line.")
        return text


class PhoneField(OneLineField):
    """A number kept as typed, when it holds 5 to 15 digits; never needed by itself."""

    def __init__(self, *, label: str, help_text: str = "", **attrs: str) -> None:
        widget = forms.TextInput({"type": "tel", "inputmode": "tel", **attrs})
        super().__init__(label=label, help_text=help_text, max_length=40, required=False, widget=widget)

    def clean(self, value: Any) -> str:
        phone: str = super().clean(value)
        if phone and sum(sign.isdecimal() for sign in phone) not in DIGITS:
            raise ValidationError("This doesn't look like a phone number: is something missing?")
        return phone


class Kept(forms.BaseForm):
    """The shared part of KoruForm and KoruModelForm. With `keyed`, the form carries an idempotency key."""

    keyed = False
    use_required_attribute = False
    notice = ""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self._keepable(data), *args, **kwargs)
        if self.keyed:
            self.fields["key"] = KeyField()
        for name, field in self.fields.items():
            plain_words(name, field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def turn(self) -> Turn | None:
        """Its place among what the same tab has sent, where a script said so."""
        return Turn.read(str(self.data.get("turn", "")))

    def _keepable(self, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        if data is None:
            return None
        copy: MultiValueDict[str, Any] = QueryDict(mutable=True)
        for name in data:
            values = data.getlist(name) if isinstance(data, MultiValueDict) else _listed(data[name])
            copy.setlist(tidied(name).text, [self._tidy(value) for value in values])
        return copy

    def _tidy(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        result = tidied(value)
        if result.changed:
            self.notice = NOTICE
        return result.text


class KoruForm(Kept, forms.Form):
    """A form of Koru."""


class KoruModelForm(Kept, ModelForm):
    """A form of Koru over a model. It validates; a verb module writes."""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def answer(
    request: HttpRequest, template: str, form: forms.BaseForm, context: Mapping[str, Any] | None = None, ok_status: int = 200
) -> HttpResponse:
    """The page of a form: 422 with everything typed when something is wrong with it."""
    status = 422 if form.is_bound and form.errors else ok_status
    return render(request, template, {**(context or {}), "form": form}, status=status)
