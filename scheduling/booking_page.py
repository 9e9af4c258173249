"""The page on which a client picks a time, holds it and books it: whole, or the part about the choice alone."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.ui.forms import answer

from .booking import Asked
from .choice import Choice, choice_of
from .choosing import Clock
from .holds import own_hold
from .looking import Looking, clock_for, places_to_pick
from .open_times import opening_at
from .reasons import rest_words
from .refusals import DecideTomorrow, Refused, TimeTaken
from .session_forms import BookForm
from .spaced import spaced
from .week_pages import near_slots, week_page

LOST = "It isn't held any more. If it is still open, you can pick it again."


def asked_of(sought: Looking, start: datetime | None = None) -> Asked | None:
    """What is asked for, at that start where it matters who is free then. None while nobody is named to book with."""
    therapist = (_whoever(sought, start) if sought.anyone else None) or sought.therapist
    if therapist is None:
        return None
    return Asked(kind=sought.kind, therapist=therapist, place=sought.place, client=sought.client)


def _whoever(sought: Looking, start: datetime | None) -> Person | None:
    """Whose time is held already, else who comes first of those free at that start."""
    now, own = timezone.now(), {one.pk: one for one in sought.therapists}
    held = own_hold(sought.client, now)
    if held and held.therapist_id in own and start in (None, held.starts):
        return own[held.therapist_id]
    opening = opening_at(sought.wish, start, now=now) if start else None
    return own[opening.therapist_id] if opening else None


def clock_of(sought: Looking) -> Clock:
    return clock_for(sought.wish, sought.client, the_clinic())


def whole_page(
    request: HttpRequest, sought: Looking, form: BookForm, refused: Refused | None = None, chosen: datetime | None = None
) -> HttpResponse:
    """With all that was typed; what is held stands beside the week it lies in."""
    now, clinic, clock = timezone.now(), the_clinic(), clock_of(sought)
    choice = choice_of(sought.client, asked_of(sought), clinic, now)
    here = choice if choice and choice.is_here else None
    chosen = chosen or (here.held.starts if here else None)
    week = week_page(
        sought.wish, clock, sought.monday, now=now, refused=refused, chosen=chosen, day=sought.day, names=sought.names
    )
    form.show(week.values)
    if here:
        form.initial.update(start=here.start, way_home=here.held.way_home)
    return answer(
        request,
        "scheduling/book.html",
        form,
        {
            **_words(sought, clock),
            **parts(sought, choice),
            "week": week,
            "clinic": clinic,
            "spaced": spaced(sought.client, now),
        },
    )


def choice_alone(request: HttpRequest, sought: Looking, refused: Refused | None = None, *, lost: bool = False) -> HttpResponse:
    """After a step: to scripts the part about the choice, else the page anew. `lost`: it was to be held longer, too late."""
    if not request.headers.get("HX-Request"):
        if lost:
            messages.info(request, LOST)
        return redirect(f"{back_to(sought)}#choice")
    clinic = the_clinic()
    choice = choice_of(sought.client, asked_of(sought), clinic, timezone.now())
    return fresh(request, {**parts(sought, choice), "clinic": clinic, "lost": LOST if lost else ""}, clock_of(sought), refused)


def fresh(request: HttpRequest, context: dict[str, object], clock: Clock, refused: Refused | None) -> HttpResponse:
    """The part about the choice, with the nearest times where it could not be had. Used by the desk as well."""
    near = near_slots(refused, clock) if refused else []
    taken = request.POST.get("start", "") if isinstance(refused, TimeTaken) else ""
    told = {**context, "refused": refused, "near": near, "taken": taken}
    return render(request, "scheduling/_choice_fresh.html", told, status=422 if refused else 200)


def back_to(sought: Looking) -> str:
    week = f"week={sought.monday:%Y-%m-%d}" if sought.monday else ""
    return f"{reverse('scheduling:book')}{sought.link}{f'day={sought.day:%Y-%m-%d}' if sought.day else week}"


def parts(sought: Looking, choice: Choice | None) -> dict[str, object]:
    """What the parts about the choice need."""
    return {
        "sought": sought,
        "choice": choice,
        "length": sought.length,
        "base": reverse("scheduling:book"),
        "held_link": _link_to(choice, sought) if choice and not choice.is_here else "",
    }


def _link_to(choice: Choice, sought: Looking) -> str:
    """The page of what is held; where that can't be looked for any more, the page as it is."""
    held = choice.held
    number = next((place for place, kind in enumerate(sought.kinds) if kind.pk == held.kind_id), sought.number)
    return f"{reverse('scheduling:book')}?for={number}&place={held.place}&with={held.therapist_id}#choice"


def _words(sought: Looking, clock: Clock) -> dict[str, object]:
    """What else could be chosen, and what is missing."""
    refusal = sought.wish.terms(timezone.now()).refusal
    wait = clock.long_words(refusal.until) if isinstance(refusal, DecideTomorrow) else ""
    return {"refusal": refusal, "wait": wait, "places": places_to_pick(sought.kind), "rest": rest_words(sought.kind)}
