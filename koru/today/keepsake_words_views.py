"""Choosing words for the keepsake, one entry after the other. Nothing is chosen by itself, and nobody else learns what is."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journaling import reading
from journaling.gathering import TooManyChosen, choose, chosen_among, chosen_of
from journaling.keepsakes import MOST
from journaling.models import Entry
from journaling.views import A_PAGE, own_entry
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .goodbye_views import newest_of
from .keepsake_forms import EntryPartsForm

FULL = f"A keepsake holds words from {MOST} entries. Take one out first, and this one has room."


@require_safe
@client_required
def words(request: HttpRequest) -> HttpResponse:
    """One's own journal, newest first, with what of it goes in."""
    client = person_of(request)
    newest_of(client)
    page = Paginator(Entry.objects.written_by(client), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    chosen = chosen_among(client, (row.pk for row in rows))
    entries = [(one, chosen.get(one.id)) for one in reading.own(rows)]
    return render(request, "today/keepsake_words.html", {"page": page, "entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What of one entry goes in. `page` in the address is where in the list somebody came from."""
    client = person_of(request)
    newest_of(client)
    mine, way_back = own_entry(client, entry_id), list_at(request.GET.get("page", ""))
    form = EntryPartsForm(request.POST if request.method == "POST" else None, entry=mine, initial={"parts": chosen_of(mine)})
    if form.is_valid():
        try:
            choose(mine, form.cleaned_data["parts"], by=client)
        except TooManyChosen:
            form.add_error("parts", FULL)
        else:
            messages.success(request, "It goes in." if form.cleaned_data["parts"] else "It stays out.")
            return redirect(way_back)
    (view,) = reading.own([mine])
    return answer(request, "today/keepsake_entry.html", form, {"entry": view, "way_back": way_back})


def list_at(page: str) -> str:
    """The list, where somebody left it."""
    path = reverse("today:keepsake_words")
    return f"{path}?page={int(page)}" if page.isascii() and page.isdecimal() and len(page) < 7 else path
