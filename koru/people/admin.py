"""People and the clinic, for operators: no sealed field, no secret, nobody made here without an invitation."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from .models import Clinic, ClosedDay, OpeningHours, Person
from .permissions import ask_unless_shown_lately
from .sessions import end_sessions

if TYPE_CHECKING:
    ClinicBase = admin.ModelAdmin[Clinic]
    PersonBase = admin.ModelAdmin[Person]
    ClinicFormBase = forms.ModelForm[Clinic]
    HoursBase = admin.TabularInline[OpeningHours, Clinic]
    ClosedBase = admin.TabularInline[ClosedDay, Clinic]
else:
    ClinicBase = PersonBase = admin.ModelAdmin
    ClinicFormBase = forms.ModelForm
    HoursBase = ClosedBase = admin.TabularInline

# allauth shows secrets there, and lets factors be added; groups mean nothing here: rights are roles
for theirs in (Authenticator, EmailAddress, UserSession, Group):
    admin.site.unregister(theirs)


class OpeningHoursInline(HoursBase):
    model = OpeningHours
    extra = 1


class ClosedDayInline(ClosedBase):
    model = ClosedDay
    extra = 1


class ClinicForm(ClinicFormBase):
    """Either somebody is told at any hour, or clients read that nobody is."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_on_call") and not cleaned.get("on_call"):
            self.add_error("next_on_call", "Name who is on call first.")
        is_covered = cleaned.get("on_call") and not cleaned.get("on_call_is_quiet")
        if not is_covered and not cleaned.get("no_cover_words"):
            raise ValidationError("Name who is on call, or write what clients read about the hours in which nobody looks.")
        return cleaned


@admin.register(Clinic)
class ClinicAdmin(ClinicBase):
    form = ClinicForm
    list_display = ("name", "zone", "phone", "region")
    inlines = (OpeningHoursInline, ClosedDayInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Clinic.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Clinic | None = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(PersonBase):
    list_display = ("display_name", "email", "role", "is_lead", "is_active")
    list_filter = ("role", "is_lead", "is_active")
    search_fields = ("display_name", "email")
    fields = ("display_name", "email", "role", "is_lead", "zone", "region", "is_active", "joined_at", "last_login")
    readonly_fields = ("email", "joined_at", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        """An admin stays one: none makes themselves the desk, or a client who may open this site."""
        role = ("role",) if obj and obj.is_superuser else ()
        own_door = ("is_active",) if obj and obj == request.user else ()
        return (*self.readonly_fields, *role, *own_door)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Roles and doors are changed by who has shown within five minutes that it is still them. What was filled in waits."""
        if request.method == "POST":
            ask_unless_shown_lately(request)
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """A changed role, or a door closed, ends every session of theirs."""
        super().save_model(request, obj, form, change)
        if {"role", "is_active"} & set(form.changed_data):
            end_sessions(obj)
