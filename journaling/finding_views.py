"""Finding again: the calendar, a day, the search, one's own tags, and what comes up from earlier."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.moments.spans import local_day
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import reading, searching, tags
from .calendar_page import entries_on, month_of, month_page
from .earlier import let_rest
from .finding_forms import SearchForm, TagsForm
from .models import Entry, Search
from .views import A_PAGE, own_entry


@client_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month at a time."""
    client, now = person_of(request), timezone.now()
    first = month_of(request.GET.get("month", ""), local_day(now, ZoneInfo(client.zone), client.day_starts))
    if first is None:
        raise Http404
    return render(request, "journaling/calendar.html", {"month": month_page(client, first, now)})


@client_required
@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """All that is about one day."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError as odd:
        raise Http404 from odd
    return render(request, "journaling/day.html", {"day": chosen, "entries": entries_on(person_of(request), chosen)})


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What to look for. It is kept sealed, and the page with what was found is named by an id."""
    client = person_of(request)
    form = SearchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("finding:found", searching.look_for(form.cleaned_data["words"], by=client).pk)
    return answer(request, "journaling/search.html", form, {"tags": tags.tags_of(client)})


@client_required
@require_safe
def found(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """What was found, a stretch of the journal at a time. With scripts the next stretch comes by itself."""
    wanted = get_object_or_404(Search.objects.filter(client=person_of(request)).select_related("client"), pk=search_id)
    behind = request.GET.get("behind", "")
    stretch = searching.found_by(wanted, _id(behind) if behind else None)
    page = {"found": stretch, "search": wanted, "form": SearchForm(initial={"words": wanted.words}), "behind": behind}
    if request.headers.get("HX-Request") and behind:
        return render(request, "journaling/_found.html", page)
    return render(request, "journaling/found.html", page)


@client_required
@require_safe
def all_tags(request: HttpRequest) -> HttpResponse:
    return render(request, "journaling/tags.html", {"tags": tags.tags_of(person_of(request))})


@client_required
@require_safe
def tagged(request: HttpRequest, tag_id: UUID) -> HttpResponse:
    """Entries that carry one tag, newest first."""
    client = person_of(request)
    tag = tags.own_tag(client, tag_id)
    if tag is None:
        raise Http404
    page = Paginator(Entry.objects.written_by(client).filter(taggings__tag=tag), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "journaling/tagged.html", {"tag": tag, "page": page, "entries": reading.own(page.object_list)})


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def tag(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The tags of one entry."""
    client = person_of(request)
    entry = own_entry(client, entry_id)
    form = TagsForm(request.POST if request.method == "POST" else None, initial={"tags": ", ".join(tags.words_on(entry))})
    if form.is_valid():
        tags.tag_with(entry, form.cleaned_data["tags"], by=client)
        return redirect("journaling:entry", entry.pk)
    return answer(request, "journaling/tag.html", form, {"entry": entry, "tags": tags.tags_of(client)})


@client_required
@require_POST
def rest(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Let something earlier rest."""
    let_rest(entry_id, by=person_of(request))
    return redirect("journaling:entries")


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as odd:
        raise Http404 from odd
