"""The steps of holding a time on a page to book on, for oneself or for somebody: pick it, ten minutes longer, let it go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from koru.people.permissions import person_of

from .booking import Asked
from .holding import hold, hold_longer, let_go
from .looking import as_uuid
from .refusals import Refused
from .session_forms import BookForm, way_home_in


class Whole(Protocol):
    def __call__(self, form: BookForm, refused: Refused | None = None, chosen: datetime | None = None) -> HttpResponse:
        """The page, with all that was typed."""


class Alone(Protocol):
    def __call__(self, refused: Refused | None = None, *, lost: bool = False) -> HttpResponse:
        """To scripts the part about the choice, else the page. `lost`: it was to be held longer, too late."""


@dataclass(frozen=True, slots=True)
class HoldPage:
    """A page to book on, with what was posted to it. `asked`: what is asked for at a start, None while it can't be said."""

    form: BookForm
    asked: Callable[[datetime | None], Asked | None]
    whole: Whole
    alone: Alone


PageOf = Callable[[HttpRequest], HoldPage]


def hold_step(request: HttpRequest, page_of: PageOf) -> HttpResponse:
    """Hold what was picked. To scripts the part about the choice is the answer, else the page."""
    page = page_of(request)
    chosen = page.form.chosen_start()
    asked = page.asked(chosen)
    if chosen is None or asked is None:
        return page.whole(page.form)
    try:
        hold(asked, chosen, by=person_of(request), way_home=page.form.cleaned_data["way_home"])
    except Refused as refused:
        if request.headers.get("HX-Request"):
            return page.alone(refused)
        page.form.add_error("start", refused.words)
        return page.whole(page.form, refused, chosen)
    return page.alone()


def longer_step(request: HttpRequest, page_of: PageOf) -> HttpResponse:
    held = hold_longer(by=person_of(request), way_home=way_home_in(request.POST))
    return page_of(request).alone(lost=held is None)


def let_go_step(request: HttpRequest, page_of: PageOf) -> HttpResponse:
    """Also said by a page that is left, and there is nobody any more to read an answer."""
    let_go(as_uuid(request.POST.get("held", "")), by=person_of(request))
    if "left" in request.POST:
        return HttpResponse(status=204)
    return page_of(request).alone()
