"""The desk's page to book for somebody: whole, or the part about the choice alone."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.ui.forms import answer
from scheduling.booking import Asked
from scheduling.booking_page import LOST, fresh
from scheduling.choice import Choice, choice_of
from scheduling.choosing import length_words
from scheduling.looking import places_to_pick
from scheduling.refusals import Refused
from scheduling.week_pages import week_page

from .book_forms import DeskBookForm
from .first_open import first_open
from .seeking import Seeking


def asked_of(sought: Seeking) -> Asked | None:
    """None where no therapist works yet."""
    if sought.therapist is None:
        return None
    return Asked(
        kind=sought.kind,
        therapist=sought.therapist,
        place=sought.place,
        client=sought.client,
        request=sought.asked,
        room=sought.room,
        second_person=sought.second,
    )


def whole_page(
    request: HttpRequest, sought: Seeking, form: DeskBookForm, refused: Refused | None = None, chosen: datetime | None = None
) -> HttpResponse:
    """With all that was typed; what is held stands beside the week it lies in."""
    now = timezone.now()
    choice = choice_of(sought.by, asked_of(sought), the_clinic(), now)
    here = choice if choice and choice.is_here else None
    chosen = chosen or (here.held.starts if here else None)
    week = week_page(sought.wish, sought.clock, sought.monday, now=now, refused=refused, chosen=chosen)
    form.show(week.values)
    if here:
        form.initial.update(start=here.start, way_home=here.held.way_home)
    around = {
        "week": week,
        "refusal": sought.wish.terms(now).refusal,
        "places": places_to_pick(sought.kind),
        "first": first_open(sought.wish, sought.clock, now) if sought.therapist else [],
    }
    return answer(request, "desk/book.html", form, {**_parts(sought, choice), **around})


def choice_alone(request: HttpRequest, sought: Seeking, refused: Refused | None = None, *, lost: bool = False) -> HttpResponse:
    """After a step: to scripts the part about the choice, else the page anew."""
    if not request.headers.get("HX-Request"):
        if lost:
            messages.info(request, LOST)
        week = f"week={sought.monday:%Y-%m-%d}" if sought.monday else ""
        return redirect(f"{reverse('desk:book')}{sought.link}{week}#choice")
    choice = choice_of(sought.by, asked_of(sought), the_clinic(), timezone.now())
    return fresh(request, {**_parts(sought, choice), "lost": LOST if lost else ""}, sought.clock, refused)


def _parts(sought: Seeking, choice: Choice | None) -> dict[str, object]:
    """What the parts about the choice need."""
    return {
        "sought": sought,
        "choice": choice,
        "name": sought.name,
        "length": length_words(sought.kind.minutes),
        "base": reverse("desk:book"),
        "held_link": _link_to(choice, sought) if choice and not choice.is_here else "",
    }


def _link_to(choice: Choice, sought: Seeking) -> str:
    held = choice.held
    whom = f"client={held.client_id}" if held.client_id else f"request={held.request_id}"
    number = next(place for place, kind in enumerate(sought.kinds) if kind.pk == held.kind_id)
    second = f"&second={held.second_person_id}" if held.second_person_id else ""
    return f"{reverse('desk:book')}?{whom}&for={number}&place={held.place}&with={held.therapist_id}{second}#choice"
