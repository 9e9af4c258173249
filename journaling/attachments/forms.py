"""Forms of the other ways: they read what was sent and say what is wrong with it; the deeds are elsewhere."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from journaling.forms import WritingForm
from koru.ui.forms import KoruForm
from koru.ui.refused import Refused

from .things import PHOTO, Thing, made_of
from .ways import Way

LONGEST_WORDS = 2000
UNFINISHED = "unfinished"  # what voice.js calls a recording that a closed tab ended
FOR_WHOM = "For you later, or for somebody who can't see or hear it."


class ThingField(forms.FileField):
    """A recording or a picture. Cleaned, it is a Thing: read and, if a picture, drawn anew."""

    def __init__(self, way: Way) -> None:
        self.way = way
        widget = forms.FileInput({"accept": way.accept})
        super().__init__(
            label=way.file_label if way.kind == PHOTO else "A file",
            help_text=way.file_help,
            required=False,
            allow_empty_file=True,
            widget=widget,
        )

    def clean(self, data: Any, initial: Any = None) -> Thing | None:
        if not isinstance(data, UploadedFile):
            return None
        try:
            return made_of(self.way.kind, data.read(), data.size or 0, unfinished=data.name == UNFINISHED)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def words_field(way: Way) -> forms.CharField:
    return forms.CharField(
        label=way.words_label,
        help_text=FOR_WHOM,
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class AddForm(KoruForm):
    """Something to go with an entry that is there."""

    keyed = True

    def __init__(self, *args: Any, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        self.fields["file"] = ThingField(way)
        self.fields["words"] = words_field(way)

    def clean(self) -> dict[str, Any]:
        done: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.errors and not done.get("file"):
            self.add_error("file", self.way.nothing.replace(", or use words", ""))
        return done


class NewForm(WritingForm):
    """A new entry said in another way, with words beside it or without."""

    def __init__(self, *args: Any, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        self.fields["file"] = ThingField(way)
        self.fields["words"] = words_field(way)
        self.fields["text"].required = False
        self.fields["text"].label = way.text_label
        self.fields["text"].widget.attrs["rows"] = 4
        self.fields["title"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        done: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"file", "text"} & set(self.errors) and not done.get("file") and not done["text"].strip():
            self.add_error("file", self.way.nothing)
        return done


class DescribeForm(KoruForm):
    words = forms.CharField(
        label="A description", help_text=FOR_WHOM, max_length=LONGEST_WORDS, required=False, widget=forms.Textarea({"rows": 3})
    )
