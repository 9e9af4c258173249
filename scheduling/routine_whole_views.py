"""What a client says of their routine as a whole: a week's word, that they are back, and who reads it."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer
from koru.ui.times import spoken_instant

from .keeping_routine import come_back
from .models import WeekWord
from .refusals import DecideTomorrow
from .routine_content import load
from .routine_forms import AskForm, WordForm
from .sharing_routine import keep_routine_to_oneself, share_routine
from .week_word import ask_for_word, asks_on_of, say_word, week_to_say

HOME = "scheduling:routine"


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def word(request: HttpRequest) -> HttpResponse:
    """The week's word, and when it is asked for: two forms of one page."""
    client = person_of(request)
    asks_on = asks_on_of(client)
    week = week_to_say(client, asks_on, timezone.now())
    said = WeekWord.objects.filter(client=client, week=week).first()
    start = {"word": said.word, "moment": said.moment} if said else {}
    form = WordForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        say_word(form.cleaned_data["word"], form.cleaned_data["moment"], by=client)
        return redirect(f"{reverse(HOME)}#week-word")
    context = {"week": week, "asking": AskForm(initial={"asks_on": asks_on}), "words": load().words}
    return answer(request, "routine/word.html", form, context)


@require_POST
@client_required
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        context = {"week": week_to_say(person_of(request), None, timezone.now()), "asking": form, "words": load().words}
        return answer(request, "routine/word.html", WordForm(), context, ok_status=422)
    ask_for_word(form.cleaned_data["asks_on"], by=person_of(request))
    messages.success(request, "Kept.")
    return redirect("scheduling:routine_word")


@require_POST
@client_required
def back(request: HttpRequest) -> HttpResponse:
    """After a time away: all of them stay."""
    come_back(by=person_of(request))
    return redirect(HOME)


@require_POST
@client_required
def share(request: HttpRequest) -> HttpResponse:
    """`share` is 1 for a routine that the therapist reads, anything else for one that they don't."""
    client, now = person_of(request), timezone.now()
    if request.POST.get("share") != "1":
        keep_routine_to_oneself(by=client)
        messages.success(request, "From now on only you can read it.")
        return redirect(HOME)
    try:
        share_routine(by=client)
        messages.success(request, "Your therapist can read it now.")
    except DecideTomorrow as later:
        when = spoken_instant(later.until, ZoneInfo(client.zone), this_year=now.year)
        messages.info(request, f"Sharing more waits for a day after a session. You can decide it from {when} on.")
    return redirect(HOME)
