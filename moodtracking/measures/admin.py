"""Which measures the clinic uses, for operators: one of unsure licence is turned on by somebody who says how it is allowed."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from koru.people.permissions import person_of

from . import definitions
from .models import Offering

if TYPE_CHECKING:
    OfferingBase = admin.ModelAdmin[Offering]
    OfferingModelForm = forms.ModelForm[Offering]
else:
    OfferingBase, OfferingModelForm = admin.ModelAdmin, forms.ModelForm


class OfferingForm(OfferingModelForm):
    class Meta:
        model = Offering
        fields: ClassVar[list[str]] = ["slug", "is_on", "cut_point", "licence_confirmed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            choices = [(one.slug, f"{one.title}: {one.licence}") for one in definitions.load().values()]
            self.fields["slug"] = forms.ChoiceField(choices=choices, label="Measure")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        measure = definitions.load().get(said.get("slug") or self.instance.slug)
        if measure is None:
            return said
        if said.get("is_on") and not measure.on and not said.get("licence_confirmed"):
            self.add_error("licence_confirmed", f"Say how its use was found to be allowed. {measure.licence}")
        if said.get("cut_point") is not None and said["cut_point"] not in measure.cut_points:
            allowed = ", ".join(map(str, measure.cut_points)) or "none"
            self.add_error("cut_point", f"This measure's cut-points: {allowed}.")
        return said


@admin.register(Offering)
class OfferingAdmin(OfferingBase):
    form = OfferingForm
    list_display = ("slug", "is_on", "cut_point", "confirmed_by", "confirmed_at")
    readonly_fields = ("confirmed_by", "confirmed_at")
    fields = ("slug", "is_on", "cut_point", "licence_confirmed", "confirmed_by", "confirmed_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Offering | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Offering | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Offering, form: Any, change: bool) -> None:
        """Who has confirmed it, and when, is kept with the words."""
        if "licence_confirmed" in form.changed_data:
            obj.confirmed_by, obj.confirmed_at = person_of(request), timezone.now()
        super().save_model(request, obj, form, change)
