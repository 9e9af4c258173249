"""The desk holds a time while it talks with somebody on the phone."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from koru.people.permissions import desk_required, person_of
from scheduling.hold_steps import HoldPage, hold_step, let_go_step, longer_step

from .book_forms import DeskBookForm
from .book_page import asked_of, choice_alone, whole_page
from .seeking import seeking


@require_POST
@desk_required
def hold_time(request: HttpRequest) -> HttpResponse:
    return hold_step(request, _page)


@require_POST
@desk_required
def hold_time_longer(request: HttpRequest) -> HttpResponse:
    return longer_step(request, _page)


@require_POST
@desk_required
def let_time_go(request: HttpRequest) -> HttpResponse:
    return let_go_step(request, _page)


def _page(request: HttpRequest) -> HoldPage:
    sought = seeking(person_of(request), request.POST.dict())
    if not sought.name:
        raise Http404
    return HoldPage(
        form=DeskBookForm(request.POST, zone=sought.clock.leading),
        asked=lambda _: asked_of(sought),
        whole=partial(whole_page, request, sought),
        alone=partial(choice_alone, request, sought),
    )
