"""Answering a hello: by the link in its letter, without sign-in, or from Today. GET asks, POST acts; nothing else is shown."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.reminders.quick_links import note_behind
from koru.safety.first_help_page import said
from koru.safety.levels import Level
from koru.safety.planning import AskAgain
from koru.safety.quiet_hellos import KIND, QuietHello
from koru.safety.saying_hello import answer_hello, call_after_hello, hello_behind, let_answer_be_known
from koru.safety.working_time import due
from koru.ui.flood import over
from koru.ui.forms import answer
from scheduling.resting import waits_for

from .hello_forms import AnswerForm

LASTS = timedelta(days=21)
POSTS, WITHIN = 30, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, hello_link: str) -> HttpResponse:
    """Whoever has the link may answer once, and reads nothing."""
    letter = note_behind(hello_link, timezone.now(), KIND, lasts=LASTS)
    hello = hello_behind(letter) if letter else None
    if hello is None:
        return render(request, "today/hello_rests.html", status=404)
    return _page(request, hello, "base_public.html")


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def own(request: HttpRequest) -> HttpResponse:
    """The same from Today. Where there is no hello: back there."""
    mine = QuietHello.objects.of_client(person_of(request)).going_on().select_related("client")
    hello = mine.order_by("-said_at").first()
    return _page(request, hello, "base_focus.html") if hello else redirect("today:today")


def _page(request: HttpRequest, hello: QuietHello, base: str) -> HttpResponse:
    client = hello.client
    form = AnswerForm(request.POST if request.method == "POST" else None, known=bool(client.phone))
    context: dict[str, Any] = {"hello": hello, "base": base, "wants": request.GET.get("say", "")}
    if hello.answered_at:
        return render(request, "today/hello_answered.html", context)
    if request.method == "POST" and over("hello", str(hello.pk), POSTS, WITHIN):
        return render(request, "429.html", status=429)
    if form.is_valid():
        _do(hello, form, client)
        return redirect(request.path)
    now = timezone.now()
    context |= {"seen_by": said(due(Level.URGENT, now), ZoneInfo(client.zone)), "may_tell": waits_for(client, now) is None}
    return answer(request, "today/hello.html", form, context)


def _do(hello: QuietHello, form: AnswerForm, client: Person) -> None:
    """Said within a day of a session it stays with them: nobody is told of more then."""
    told = form.cleaned_data
    if told["say"] == QuietHello.Answer.CALL:
        call_after_hello(hello, told["number"] or client.phone, by=client)
    elif answer_hello(hello, told["say"], by=client) and told["told"]:
        with suppress(AskAgain):
            let_answer_be_known(hello, waits=waits_for(client, timezone.now()), by=client)
