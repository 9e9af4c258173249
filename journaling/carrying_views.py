"""Taking one's own entries along as a file, and bringing them back. Nothing of it stays on the server."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from koru.moments.spans import local_day
from koru.people.endings import StepName
from koru.people.models import Person
from koru.people.parting import done_by_client
from koru.people.permissions import asked_first, client_required, person_of
from koru.ui.forms import answer
from koru.ui.times import spoken_day

from . import bringing, carrying, carrying_html, carrying_json, carrying_pdf, carrying_zip
from .carrying import Range
from .carrying_forms import FORMS, WHICH, BringForm, CarryForm
from .carrying_json import NotReadable

MOST_IN_PDF = 400
LONGEST_PDF = 600_000
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
ENTRIES, THINGS = ("entry", "entries"), ("recording or picture", "recordings and pictures")
NOTHING = "There is no entry in these days."
TOO_MUCH = "That is more than one PDF can hold (400 entries, about 200 pages). Choose fewer days, or the page (HTML)."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def carry(request: HttpRequest) -> HttpResponseBase:
    client = person_of(request)
    form = CarryForm(request.POST if request.method == "POST" else None, initial=asked_for(request, client))
    if form.is_valid():
        ids = carrying.in_range(client, form.range)
        kind = form.cleaned_data["form"]
        if not ids:
            form.add_error("until", NOTHING)
        elif kind == "pdf" and not fits_a_pdf(client, ids, form.range):
            form.add_error("form", TOO_MUCH)
        else:
            return asked_first(request, way_back(request, form)) or taken_along(client, form.range, kind, ids)
    return answer(request, "journaling/carry.html", form)


def taken_along(client: Person, wanted: Range, kind: str, ids: list[UUID]) -> HttpResponseBase:
    done_by_client(StepName.EXPORT, by=client)
    return download(client, wanted, kind, ids)


def way_back(request: HttpRequest, form: CarryForm) -> str:
    """The same page, with all that was chosen on it: after the question whether it is still them, one tap is left."""
    done = form.cleaned_data
    chosen = {"from": done["since"], "to": done["until"], "which": done["which"], "form": done["form"]}
    return f"{request.path}?{urlencode({**chosen, 'questions': 'with' if done['questions'] else 'without'})}"


def asked_for(request: HttpRequest, client: Person) -> dict[str, object]:
    """What an address chooses, where it can be so; the rest as usual."""
    asked = request.GET
    picked = {name: asked[name] for name, known in (("which", WHICH), ("form", FORMS)) if asked.get(name) in known}
    return {**days_asked(request, client), **picked, "questions": asked.get("questions") != "without"}


def days_asked(request: HttpRequest, client: Person) -> dict[str, date]:
    """The days that an address names, else the last thirty."""
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    asked = {name: given(request.GET.get(where, "")) for name, where in (("since", "from"), ("until", "to"))}
    return {"since": asked["since"] or today - timedelta(days=30), "until": asked["until"] or today}


def given(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None


def fits_a_pdf(client: Person, ids: list[UUID], wanted: Range) -> bool:
    """A PDF is made in one piece, so it has to end within a few seconds."""
    return len(ids) <= MOST_IN_PDF and sum(len(one.text) for one in carrying.carried(client, ids, wanted)) <= LONGEST_PDF


def download(client: Person, wanted: Range, kind: str, ids: list[UUID]) -> HttpResponseBase:
    """The file, on its way while it is made. Its name says nothing but its days."""
    title = f"{spoken_day(wanted.since, this_year=0)} to {spoken_day(wanted.until, this_year=0)}"
    file = StreamingHttpResponse(body_of(client, wanted, kind, ids, title), content_type=TYPES[kind])
    file["Content-Disposition"] = f'attachment; filename="days-{wanted.since}-{wanted.until}.{kind}"'
    return file


def body_of(client: Person, wanted: Range, kind: str, ids: list[UUID], title: str) -> Iterable[Any]:
    """What the file holds, in pieces."""
    entries = carrying.carried(client, ids, wanted)
    if kind == "pdf":
        return [carrying_pdf.document(entries, title)]
    if kind == "html":
        return carrying_html.page(entries, title)
    words = carrying_json.written(entries)
    return words if kind == "json" else all_of_it(client, wanted, ids, title)


def all_of_it(client: Person, wanted: Range, ids: list[UUID], title: str) -> Iterator[bytes]:
    """A page to read, the words to be brought back, and what goes with them: each opened when its turn comes."""
    shown = carrying_html.page(carrying.carried(client, ids, wanted), title, files=True)
    words = carrying_json.written(carrying.carried(client, ids, wanted))
    members = [(carrying_zip.PAGE, map(str.encode, shown)), (carrying_zip.WORDS, map(str.encode, words))]
    return carrying_zip.packed(chain(members, carrying.files(client, ids, shared_only=wanted.shared_only)))


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def bring_back(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    bound = request.method == "POST"
    form = BringForm(request.POST, files=request.FILES) if bound else BringForm()
    if form.is_valid():
        found = form.cleaned_data["file"]
        try:
            taken = bringing.take_in(found.entries, found.files, by=client)
        except NotReadable as wrong:
            form.add_error("file", str(wrong))
        else:
            messages.success(request, said(taken))
            return redirect("journaling:entries")
    return answer(request, "journaling/bring_back.html", form)


def said(taken: bringing.Taken) -> str:
    """What came back, for whom, and what was here."""
    back = [words for words in (counted(taken.added, ENTRIES), counted(taken.things, THINGS)) if words]
    there = counted(taken.there, ENTRIES)
    if not back:
        return f"Nothing was missing. {there} had been here already." if there else "Nothing was missing."
    return f"Back: {' and '.join(back)}. Only you can read what came back.{f' {there} had been here already.' if there else ''}"


def counted(number: int, names: tuple[str, str]) -> str:
    return f"{number} {names[number != 1]}" if number else ""
