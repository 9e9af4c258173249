"""The desk holds a time while it talks with somebody on the phone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from koru.people.permissions import desk_required, person_of
from scheduling.holding import hold, hold_longer, let_go
from scheduling.looking import as_uuid
from scheduling.refusals import Refused
from scheduling.session_forms import way_home_in

from .book_forms import DeskBookForm
from .book_page import asked_of, choice_alone, whole_page
from .seeking import Seeking, seeking


@require_POST
@desk_required
def hold_time(request: HttpRequest) -> HttpResponse:
    """Hold what was picked. To scripts the part about the choice is the answer, else the page."""
    sought = _sought(request)
    form = DeskBookForm(request.POST, zone=sought.clock.leading)
    asked, chosen = asked_of(sought), form.chosen_start()
    if chosen is None or asked is None:
        return whole_page(request, sought, form)
    try:
        hold(asked, chosen, by=sought.by, way_home=form.cleaned_data["way_home"])
    except Refused as refused:
        if request.headers.get("HX-Request"):
            return choice_alone(request, sought, refused)
        form.add_error("start", refused.words)
        return whole_page(request, sought, form, refused, chosen)
    return choice_alone(request, sought)


@require_POST
@desk_required
def hold_time_longer(request: HttpRequest) -> HttpResponse:
    held = hold_longer(by=person_of(request), way_home=way_home_in(request.POST))
    return choice_alone(request, _sought(request), lost=held is None)


@require_POST
@desk_required
def let_time_go(request: HttpRequest) -> HttpResponse:
    """Also said by a page that is left, and there is nobody any more to read an answer."""
    let_go(as_uuid(request.POST.get("held", "")), by=person_of(request))
    if "left" in request.POST:
        return HttpResponse(status=204)
    return choice_alone(request, _sought(request))


def _sought(request: HttpRequest) -> Seeking:
    sought = seeking(person_of(request), request.POST.dict())
    if not sought.name:
        raise Http404
    return sought
