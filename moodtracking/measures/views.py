"""A client's measures: what is asked, each item of it, and its end."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import bringing, definitions, measuring
from .filling import Kept, keep_all
from .forms import FillForm
from .models import Response
from .own_page import ending_of, lines_of, listed
from .pages import Place, open_fill, place_of
from .standing import Asked, standing_of

NOTHING = "Nothing is answered yet. One is enough, and so is another day."
OVER = "This form was closed meanwhile. What you answered before is kept."


@require_safe
@client_required
def measures(request: HttpRequest) -> HttpResponse:
    """What is asked, one's own lines, and what was filled in."""
    return render(request, "measures/measures.html", listed(person_of(request), timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def measure(request: HttpRequest, measure_slug: str) -> HttpResponse:
    """The start of a measure, the item that somebody is at, or all of them; and its "Next" and "Done"."""
    client, now = person_of(request), timezone.now()
    if request.method == "POST":
        return _posted(request, client, measure_slug)
    row = open_fill(client, measure_slug, now)
    stands = standing_of(client, now)
    if row is None or stands.is_quiet:
        return _start(request, client, stands.of(measure_slug), measure_slug, is_quiet=stands.is_quiet)
    return _page(request, place_of(row, request.GET.get("at", "")))


def _start(request: HttpRequest, client: Person, asked: Asked | None, slug: str, *, is_quiet: bool) -> HttpResponse:
    if slug not in definitions.load():
        raise Http404
    context = {"asked": asked, "lines": lines_of(client, slug), "is_quiet": is_quiet, "key": uuid4()}
    return render(request, "measures/start.html", context)


def _page(request: HttpRequest, place: Place, form: FillForm | None = None) -> HttpResponse:
    template = "measures/all.html" if place.at == 0 else "measures/last.html" if place.is_last else "measures/one.html"
    shown = form or FillForm(place.row, place.items, None, skips=place.at == 0)
    return answer(request, template, shown, {"place": place, "row": place.row})


def _posted(request: HttpRequest, client: Person, slug: str) -> HttpResponse:
    """The answers of one page are kept; then the next page, the end, or help first."""
    row = _named(request, client, slug) or open_fill(client, slug, timezone.now())
    if row is None:
        return redirect("measures:measures")
    place = place_of(row, request.GET.get("at", ""))
    form = FillForm(row, place.items, request.POST, skips=place.at == 0)
    if not form.is_valid():
        return _page(request, place, form)
    skipped = {item.key: None for item in place.items} if "skip" in request.POST else {}
    kept = keep_all(row, skipped or form.answers, by=client, turn=form.turn)
    if kept.help_path:
        return redirect(kept.help_path)
    return _finished(request, client, place, form) if "finish" in request.POST else redirect(_onward(kept, place))


def _onward(kept: Kept, place: Place) -> str:
    return Place(kept.row, place.at).next_path if place.at else place.path


def _finished(request: HttpRequest, client: Person, place: Place, form: FillForm) -> HttpResponse:
    try:
        told = measuring.finish(place.row.pk, by=client)
    except measuring.NothingAnswered:
        form.add_error(None, NOTHING)
        return _page(request, place, form)
    except measuring.Closed:
        messages.info(request, OVER)
        return redirect("measures:measures")
    return redirect(Kept.of(told).next_path)


def _named(request: HttpRequest, client: Person, slug: str) -> Response | None:
    """The filling-in that a page was made for, also when it was closed since. Raises Http404 for one of somebody else."""
    try:
        named = UUID(request.POST.get("fill", ""))
    except ValueError:
        return None
    return get_object_or_404(Response.objects.written_by(client).filter(measure=slug), pk=named)


@require_POST
@client_required
def begin(request: HttpRequest, measure_slug: str) -> HttpResponse:
    """Open it, one item a page or all at once; for what is open already, only the way it is shown."""
    client, one_by_one = person_of(request), request.POST.get("way") != "all"
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    try:
        row = measuring.begin(measure_slug, by=client, key=key, one_by_one=one_by_one)
    except measuring.NotNow:
        return redirect("measures:measures")
    measuring.show(row.pk, by=client, one_by_one=one_by_one)
    return redirect("measures:measure", measure_slug)


@require_POST
@client_required
def tap(request: HttpRequest, measure_slug: str) -> HttpResponse:
    """One tap, kept without leaving the page."""
    client = person_of(request)
    row = _named(request, client, measure_slug)
    if row is None:
        raise Http404
    form = FillForm(row, row.definition.items, request.POST, skips=True)
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"state": words}, status=422)
    kept = keep_all(row, form.answers, by=client, turn=form.turn)
    return JsonResponse({"state": kept.words, "help": kept.help_path})


@require_safe
@client_required
def kept(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """The kind end, and later the same page to look back at."""
    row = get_object_or_404(Response.objects.written_by(person_of(request)).closed(), pk=response_id)
    return render(request, "measures/kept.html", ending_of(row))


@require_POST
@client_required
def correct(request: HttpRequest, response_id: UUID) -> HttpResponse:
    client = person_of(request)
    row = get_object_or_404(Response.objects.written_by(client).completed(), pk=response_id)
    try:
        measuring.correct(row.pk, by=client, key=uuid4())
    except measuring.NotNow:
        messages.info(request, "Today and tomorrow are for resting. It can be corrected after that.")
        return redirect("measures:kept", row.pk)
    return redirect("measures:measure", row.measure)


@require_POST
@client_required
def bring(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Mark a result to talk about, or not after all."""
    client = person_of(request)
    row = get_object_or_404(Response.objects.written_by(client).completed(), pk=response_id)
    deed = bringing.leave if "leave" in request.POST else bringing.bring
    deed(row.pk, by=client)
    return redirect("measures:kept", row.pk)
