"""The form of the picture: it checks, draws anew and speaks, and writes nothing."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from koru.ui.forms import KoruForm, OneLineField
from koru.ui.pictures import Picture
from koru.ui.refused import Refused

from .plan_picture import Choices, drawn_anew
from .plans import PlanPicture

LONGEST = 200
NONE = "Choose a picture first."


class PictureField(forms.FileField):
    """Cleaned, it is a picture that can be kept; None where none was sent."""

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        if not isinstance(data, UploadedFile):
            return None
        try:
            return drawn_anew(data.read(), data.size or 0)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class PictureForm(KoruForm):
    """`there`: the picture that is in the plan already; a new one takes its place."""

    file = PictureField(
        label="A picture",
        required=False,
        help_text="JPEG, PNG or WebP, up to 5 MB. Where and when it was taken is left out.",
    )
    words = OneLineField(label="What is on it", required=False, max_length=LONGEST)
    on_device = forms.BooleanField(label="In the copy on this device too, if I keep one", required=False)
    in_print = forms.BooleanField(label="When the plan is printed too", required=False)

    def __init__(self, data: Any, files: Any, *, there: PlanPicture | None) -> None:
        begun = {"words": there.words, "on_device": there.on_device, "in_print": there.in_print} if there else {}
        super().__init__(data, files, initial=begun)
        self.there = there
        self.fields["file"].required = there is None

    def clean(self) -> dict[str, Any]:
        done: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.errors and not done.get("file") and not self.there:
            self.add_error("file", NONE)
        return done

    @property
    def choices(self) -> Choices:
        done = self.cleaned_data
        return Choices(done["words"], done["on_device"], done["in_print"])
