"""What was agreed with a client, as their therapist reads it and writes in it: the same list that the client has."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record
from koru.ui.forms import answer
from scheduling.agreed_forms import AgreedForm
from scheduling.agreed_page import agreed_in
from scheduling.agreed_views import WHY, turned

CHANGED = "agreed changed"


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def agreed(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The list; a POST to it writes a line down."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        form = AgreedForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.put_down(record):
            record.looked_at(CHANGED)
            return redirect("care:agreed", client_id)
        page = {"agreed": agreed_in(record), "client": record.client, "path": request.path}
        return answer(request, "care/agreed.html", form, page)


@require_POST
@therapist_required
def turn_line(request: HttpRequest, client_id: UUID, agreed_id: UUID) -> HttpResponse:
    """`to` is done, open or rests; `from` is "brief" where it stood there."""
    with open_record(client_id, by=person_of(request), why=CHANGED, to_change=True) as record:
        turned(request, record, agreed_id)
    return redirect("care:brief" if request.POST.get("from") == "brief" else "care:agreed", client_id)
