"""Who sits in on an appointment, named at the desk."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.permissions import desk_required, person_of
from koru.ui.forms import answer
from scheduling.refusals import Refused
from scheduling.sitting_in import sit_in, sitters_of

from .appointment_views import back_to, facts_of, opened
from .book_forms import DeskSecondForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def second_person(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One of those named for the kind, or nobody."""
    by = person_of(request)
    with opened(appointment_id, by) as found:
        people = {str(one.person.pk): one for one in sitters_of(found, timezone.now())}
        posted = request.POST if request.method == "POST" else None
        form = DeskSecondForm(posted, people=people, initial={"who": str(found.second_person_id or "")})
    if form.is_valid():
        chosen = people.get(form.cleaned_data["who"])
        try:
            sit_in(found, chosen.person if chosen else None, by=by)
        except Refused as refused:
            form.add_error("who", refused.words)
        else:
            return back_to(request, appointment_id, "Kept. It is on their timetable now, and a letter tells them.")
    return answer(request, "desk/second.html", form, facts_of(found, timezone.now()))
