"""What a client says of their routine as a whole: a week's word, that they are back, and who reads it."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import client_required, person_of
from koru.reminders.choices import WithinQuietHours
from koru.ui.forms import KoruForm, answer
from koru.ui.times import spoken_instant

from .keeping_routine import come_back
from .models import WeekWord
from .refusals import DecideTomorrow
from .routine_content import load
from .routine_forms import AskForm, WordForm, WordNoteForm
from .routine_note_views import QUIET
from .sharing_routine import keep_routine_to_oneself, share_routine
from .week_notes import is_stopped, set_week_note
from .week_word import ask_for_word, choice_of, say_word, week_to_say

HOME = "scheduling:routine"


def word_page(request: HttpRequest, form: WordForm | None = None, **given: KoruForm) -> HttpResponse:
    """Three forms of one page: the word, when the first page asks for it, and when a note does. `given`: one that was sent."""
    client, now = person_of(request), timezone.now()
    choice = choice_of(client)
    week, stopped = week_to_say(client, choice, now), is_stopped(client)
    said = WeekWord.objects.filter(client=client, week=week).first()
    start = {"word": said.word, "moment": said.moment} if said else {}
    context = {
        "week": week,
        "words": load().words,
        "rests": choice.note_rests_since is not None and not stopped,
        "asking": AskForm(initial={"asks_on": choice.asks_on}),
        "note": WordNoteForm.of(choice, comes=choice.note_rests_since is None and not stopped),
        **given,
    }
    return answer(request, "routine/word.html", form or WordForm(initial=start), context, ok_status=422 if given else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def word(request: HttpRequest) -> HttpResponse:
    form = WordForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        say_word(form.cleaned_data["word"], form.cleaned_data["moment"], by=person_of(request))
        return redirect(f"{reverse(HOME)}#week-word")
    return word_page(request, form)


@require_POST
@client_required
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        return word_page(request, asking=form)
    ask_for_word(form.cleaned_data["asks_on"], by=person_of(request))
    messages.success(request, "Kept.")
    return redirect("scheduling:routine_word")


@require_POST
@client_required
def note(request: HttpRequest) -> HttpResponse:
    """When a note asks for the word, or that none does."""
    form = WordNoteForm(request.POST)
    if not form.is_valid():
        return word_page(request, note=form)
    try:
        set_week_note(form.cleaned_data["note_on"], form.cleaned_data["note_at"], by=person_of(request))
    except WithinQuietHours:
        form.add_error("note_at", QUIET)
        return word_page(request, note=form)
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
    """`share` is 1 for a routine that the therapist reads, anything else for one that they don't; `from` leads back."""
    client, now = person_of(request), timezone.now()
    home = "today:settings" if request.POST.get("from") == "settings" else HOME
    if request.POST.get("share") != "1":
        keep_routine_to_oneself(by=client)
        messages.success(request, "From now on only you can read it.")
        return redirect(home)
    try:
        share_routine(by=client)
        messages.success(request, "Your therapist can read it now.")
    except DecideTomorrow as later:
        when = spoken_instant(later.until, ZoneInfo(client.zone), this_year=now.year)
        messages.info(request, f"Sharing more waits for a day after a session. You can decide it from {when} on.")
    return redirect(home)
