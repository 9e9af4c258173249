"""The sections of the settings page, each a form of its own."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from koru.people.clinic import clinic_zone
from koru.people.models import EmergencyContact, Person
from koru.people.own_settings import begin_days_at, name_emergency_contact
from koru.reminders import choices
from koru.reminders.kinds import kind
from koru.reminders.less_often import STEPS, space_check_ins
from koru.reminders.way_words import KINDS
from koru.safety.lines import regions
from koru.ui.forms import KoruForm, OneLineField, PhoneField
from koru.ui.times import spoken_day
from scheduling.consultation_zones import zone_choices

from .moving_zone import tell_about_oneself

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
KEEP = "keep"
PAUSES = (("", "Not paused"), ("7", "For a week"), ("14", "For two weeks"), ("30", "For a month"))


def set_choices(form: forms.BaseForm, name: str, offered: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = offered


class SettingsForm(KoruForm):
    """A section: its title, the words when it is saved, and the deed that its valid form asks for.

    `widening`: the field by which more is shared, where it says so when that has to wait.
    """

    title: ClassVar[str]
    saved: ClassVar[str] = "Saved."
    widening: ClassVar[str] = "shares"

    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        self.person = person
        super().__init__(data, initial=self.now(person))

    def now(self, person: Person) -> dict[str, Any]:
        """What stands there now."""
        raise NotImplementedError

    def keep(self) -> None:
        """Do what was asked."""
        raise NotImplementedError


class AboutForm(SettingsForm):
    title = "About you"
    display_name = OneLineField(label="What should we call you?", max_length=80)
    phone = PhoneField(label="Phone", autocomplete="tel")
    zone = forms.ChoiceField(label="Where are your days?", help_text="Your times are shown by the clock there.")
    region = forms.ChoiceField(label="Whose help lines should Help now show?")
    neutral_phrase = OneLineField(
        label="Your own word for an appointment",
        help_text="Notes use it instead, such as: Piano lesson.",
        max_length=40,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        super().__init__(data, person)
        zones = zone_choices(ZoneInfo(person.zone), clinic_zone(), timezone.now())
        set_choices(self, "zone", [(zone.key, zone.words) for zone in zones])
        set_choices(self, "region", list(regions()))

    def now(self, person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in ("display_name", "phone", "zone", "region", "neutral_phrase")}

    def keep(self) -> None:
        tell_about_oneself(self.person, self.cleaned_data)


class ContactForm(SettingsForm):
    title = "Whom the clinic may call"
    name = OneLineField(label="Name", max_length=80, required=False)
    phone = PhoneField(label="Their phone")
    relation = OneLineField(label="Who they are to you", max_length=60, required=False)

    def now(self, person: Person) -> dict[str, Any]:
        contact = EmergencyContact.objects.filter(client=person).first()
        return {name: getattr(contact, name) for name in ("name", "phone", "relation")} if contact else {}

    def keep(self) -> None:
        name_emergency_contact(self.person, **self.cleaned_data, by=self.person)


class QuietForm(SettingsForm):
    title = "When notes may come"
    quiet_from = forms.TimeField(label="Quiet from", widget=CLOCK)
    quiet_until = forms.TimeField(label="Quiet until", widget=CLOCK, help_text="A note due in between waits until then.")
    pause = forms.ChoiceField(label="Pause all notes but those about appointments", required=False)

    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        chosen = choices.preferences_of(person)
        self.paused_until = chosen.paused_until if chosen.paused_until and chosen.paused_until > timezone.now() else None
        super().__init__(data, person)
        set_choices(self, "pause", [*self.as_it_is(person), *PAUSES])

    def as_it_is(self, person: Person) -> list[tuple[str, str]]:
        until = self.paused_until
        return [(KEEP, f"Paused until {spoken_day(until.astimezone(ZoneInfo(person.zone)).date())}")] if until else []

    def now(self, person: Person) -> dict[str, Any]:
        chosen = choices.preferences_of(person)
        pause = KEEP if self.paused_until else ""
        return {"quiet_from": chosen.quiet_from, "quiet_until": chosen.quiet_until, "pause": pause}

    def keep(self) -> None:
        told = self.cleaned_data
        choices.set_quiet_hours(self.person, told["quiet_from"], told["quiet_until"], by=self.person)
        if told["pause"] != KEEP:
            until = timezone.now() + timedelta(days=int(told["pause"])) if told["pause"] else None
            choices.pause(self.person, until, by=self.person)


class NudgeForm(SettingsForm):
    title = "Notes at a time you choose"
    check_in_at = forms.TimeField(
        label="A moment to check in, at",
        widget=CLOCK,
        required=False,
        help_text="Empty: none. At most three a week, and none in a week that has asked enough; they stop by themselves.",
    )
    check_in_apart = forms.TypedChoiceField(label="How often", choices=STEPS.items, coerce=int, required=False, empty_value=None)
    prompt_at = forms.TimeField(label="When there is something to write, at", widget=CLOCK)

    def now(self, person: Person) -> dict[str, Any]:
        chosen = choices.preferences_of(person)
        return {name: getattr(chosen, name) for name in ("check_in_at", "check_in_apart", "prompt_at")}

    def keep(self) -> None:
        choices.set_check_in_time(self.person, self.cleaned_data["check_in_at"], by=self.person)
        if self.cleaned_data["check_in_apart"]:
            space_check_ins(self.person, self.cleaned_data["check_in_apart"], by=self.person)
        choices.set_prompt_time(self.person, self.cleaned_data["prompt_at"], by=self.person)


class KindsForm(SettingsForm):
    title = "Which notes you get"
    wanted = forms.MultipleChoiceField(
        label="Send me",
        help_text="What changes about an appointment is always told.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Person) -> None:
        self.names = [name for name in choices.stoppable_kinds(person.role) if not kind(name).off_by_default]
        super().__init__(data, person)
        set_choices(self, "wanted", [(name, KINDS[name]) for name in self.names])

    def now(self, person: Person) -> dict[str, Any]:
        stopped = choices.stopped_kinds(person)
        return {"wanted": [name for name in self.names if name not in stopped]}

    def keep(self) -> None:
        wanted, stopped = set(self.cleaned_data["wanted"]), choices.stopped_kinds(self.person)
        for name in self.names:
            if name in wanted and name in stopped:
                choices.opt_in(self.person, name, by=self.person)
            elif name not in wanted and name not in stopped:
                choices.opt_out(self.person, name, by=self.person)


HOURS = [(f"{hour:02}:00", "At midnight" if hour == 0 else f"At {hour} in the morning") for hour in range(7)]


class DayForm(SettingsForm):
    title = "When your day begins"
    day_starts = forms.ChoiceField(
        label="A note in the night belongs to the evening before until",
        choices=HOURS,
        help_text="What you noted before keeps its day.",
    )

    def now(self, person: Person) -> dict[str, Any]:
        return {"day_starts": f"{person.day_starts:%H:%M}"}

    def keep(self) -> None:
        begin_days_at(self.person, time.fromisoformat(self.cleaned_data["day_starts"]), by=self.person)


SECTIONS: dict[str, type[SettingsForm]] = {
    "about": AboutForm,
    "contact": ContactForm,
    "kinds": KindsForm,
    "quiet": QuietForm,
    "nudge": NudgeForm,
    "day": DayForm,
}
CLIENTS_ONLY = frozenset({"contact", "quiet", "nudge", "day"})
