"""The page of somebody's hours, of a room's or of the clinic's closed days: what stands on it, and its forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person, Role

from .conflicts import outside, with_people
from .hours import Whose, may_set_hours
from .hours_days import days_of
from .hours_forms import DaysForm, WeekForm, WeeklyForm
from .hours_grid import grid_of
from .hours_week import as_hours
from .models import AvailabilityRule, Room, Skill
from .working import Hours, digest, week_on


@dataclass(frozen=True)
class Shown:
    """Whose hours a page is about, to whom it is shown, and the clinic's clock. `whose` None: the whole clinic."""

    person: Person
    whose: Whose | None
    clinic: Clinic
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.clinic.zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def key(self) -> UUID:
        """What stands for it in addresses."""
        return self.clinic.pk if self.whose is None else self.whose.pk

    @property
    def is_own(self) -> bool:
        return self.person.is_therapist

    @property
    def is_room(self) -> bool:
        return isinstance(self.whose, Room)


def shown(person: Person, key: UUID | None) -> Shown:
    """Through the right to change them; others are not there. No key: one's own, or the first therapist by name."""
    clinic, now = the_clinic(), timezone.now()
    if key is None:
        return Shown(person, person if person.is_therapist else who_keep_hours().first(), clinic, now)
    if key == clinic.pk:
        whose: Whose | None = None
    else:
        whose = who_keep_hours().filter(pk=key).first() or Room.objects.filter(pk=key).first()
        if whose is None:
            raise Http404
    if not may_set_hours(person, whose):
        raise Http404
    return Shown(person, whose, clinic, now)


def who_keep_hours() -> QuerySet[Person]:
    """Therapists, and those of the staff who sit in as second person."""
    sits_in = Exists(Skill.objects.filter(person=OuterRef("pk"), part=Skill.Part.SECOND))
    people = Person.objects.filter(Q(role=Role.THERAPIST) | Q(sits_in, role=Role.STAFF), is_active=True)
    return people.order_by("-role", "display_name", "pk")


def page_of(it: Shown, asked: date | None = None, *, whole: bool = False, **forms: Any) -> dict[str, Any]:
    """What the template needs. `forms` are those that came back with something wrong: `week`, `weekly`, `days`."""
    context = {
        "base": "base_therapist.html" if it.is_own else "base_staff.html",
        "shown": it,
        "outside": with_people(outside(it.whose, it.now)),
        "runs": days_of(it.whose, it.today),
        "days_form": forms.get("days") or DaysForm(of_clinic=it.whose is None),
        **({} if it.is_own else {"people": who_keep_hours(), "rooms": Room.objects.all()}),
    }
    return context if it.whose is None else context | _weekly(it, it.whose, max(asked or it.today, it.today), whole, forms)


def _weekly(it: Shown, whose: Whose, day: date, whole: bool, forms: dict[str, Any]) -> dict[str, Any]:
    rules = list(AvailabilityRule.objects.of(whose).in_force_from(it.today))
    hours = [as_hours(rule) for rule in rules]
    week: WeekForm | None = forms.get("week")
    marked = week.cleaned_data["at"] if week and "at" in week.cleaned_data else week_on(hours, day)
    initial = {"starting": day, "seen": digest(hours)}
    return {
        "rules": rules,
        "day": day,
        "turns": turns(hours, day, it.today),
        "grid": grid_of(marked, it.clinic.week_starts, whole=whole),
        "seen": digest(hours),
        "week_form": week or WeekForm(today=it.today, initial=initial),
        "weekly_form": forms.get("weekly") or WeeklyForm(initial={"starting": day}),
    }


def turns(hours: Sequence[Hours], day: date, today: date) -> list[date]:
    """The other days from which on the week is another one: today, and where hours begin or end later."""
    edges = {edge for one in hours for edge in (one.starting, one.until) if edge and edge > today}
    return sorted(edge for edge in {today, *edges} if edge != day)
