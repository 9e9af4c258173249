"""Looking back: the client's own lines over the days they pick, as lines, as a calendar, and around their sessions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import answer

from .calm import calm_page, is_asked_for_anyway
from .looking_back import LookingBack, look_back, measured, today_of
from .range_forms import RangeForm
from .ranges import CHOICES, USUAL, Range, is_asked_for, range_of
from .ways import WEEKDAY_HEADS, courses, month_by_month

LOOK = "Look back all the same"
VIEWS = (
    ("moodtracking:trends", "Lines"),
    ("moodtracking:days", "Calendar"),
    ("moodtracking:around_sessions", "Around sessions"),
    ("moodtracking:together", "What went together"),
)


@require_safe
@client_required
def trends(request: HttpRequest) -> HttpResponse:
    """Lines over time."""
    client = person_of(request)
    form, chosen = asked_range(request, client)
    with open_record(client, by=client, why="own trends") as record:
        back = look_back(record, chosen)
        told = {"back": back, "measures": measured(record, back)}
    return shown(request, "moodtracking/trends.html", form, chosen, told)


@require_safe
@client_required
def days(request: HttpRequest) -> HttpResponse:
    """One line as a calendar; the first, unless another is picked."""
    form, chosen, back = asked_for(request, person_of(request), "90")
    told = month_by_month(back, request.GET.get("line", ""))
    return shown(request, "moodtracking/days.html", form, chosen, {"back": back, "told": told, "weekdays": WEEKDAY_HEADS})


@require_safe
@client_required
def around_sessions(request: HttpRequest) -> HttpResponse:
    """Every session laid over the others, by the days since."""
    form, chosen, back = asked_for(request, person_of(request), "all")
    return shown(request, "moodtracking/around_sessions.html", form, chosen, {"back": back, "courses": courses(back)})


def asked_for(request: HttpRequest, client: Person, usual: str) -> tuple[RangeForm, Range, LookingBack]:
    form, chosen = asked_range(request, client, usual)
    with open_record(client, by=client, why="own trends") as record:
        return form, chosen, look_back(record, chosen)


def asked_range(request: HttpRequest, client: Person, usual: str = USUAL) -> tuple[RangeForm, Range]:
    """The days that an address names; the usual ones for what can't be, which the form then says."""
    today = today_of(client)
    if not is_asked_for(request.GET):
        return RangeForm(today), range_of(request.GET.get("days", usual), today)
    form = RangeForm(today, request.GET)
    return form, form.range if form.is_valid() else range_of(usual, today)


def shown(request: HttpRequest, template: str, form: RangeForm, chosen: Range, told: Mapping[str, Any]) -> HttpResponse:
    if told["back"].calm and not is_asked_for_anyway(request):
        return calm_page(request, LOOK)
    return answer(request, template, form, {"chosen": chosen, "choices": CHOICES, "views": VIEWS, **told})
