"""What is asked of a client, on one page: agree, suggest, let rest."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.privacy.door import Record, open_record
from koru.reminders.fewer import WIDER
from koru.reminders.less_often import USUAL, not_now, space_check_ins
from koru.ui.forms import answer
from moodtracking import fewer_notes, own_items
from moodtracking.load import TooMuch
from moodtracking.measures import assigning
from moodtracking.needing_less import rhythm_of
from moodtracking.own_forms import OwnItemForm
from moodtracking.own_items import CannotPropose

from .asked import asked_of

RESTS = "It isn’t asked any more. What you answered stays."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def asked(request: HttpRequest) -> HttpResponse:
    """Everything that is asked; a POST suggests a question."""
    client = person_of(request)
    form = OwnItemForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and suggested(form, request):
        return redirect("today:asked")
    about = {"asked": asked_of(client), "rhythm": rhythm_of(client, timezone.now())}
    return answer(request, "today/asked.html", form, about)


@require_POST
@client_required
def rhythm(request: HttpRequest) -> HttpResponse:
    """Notes less often, one step, if that is offered or suggested now; or as before, at any time."""
    client, apart = person_of(request), request.POST.get("apart", "")
    if apart == str(USUAL):
        space_check_ins(client, USUAL, by=client)
        messages.success(request, "A note comes every other day again.")
    elif takes(client, apart):
        messages.success(request, "Kept. You can change it back at any time.")
    return back_to_notes(request)


@require_POST
@client_required
def rhythm_stays(request: HttpRequest) -> HttpResponse:
    """Not now: as often as before, and for some weeks it isn't mentioned."""
    client = person_of(request)
    not_now(client, by=client)
    messages.success(request, "Nothing changes. It isn’t mentioned for a while.")
    return back_to_notes(request)


def takes(client: Person, apart: str) -> bool:
    return apart in map(str, WIDER) and fewer_notes.take(int(apart), by=client)


def back_to_notes(request: HttpRequest) -> HttpResponse:
    """To the page on which it was pressed."""
    pages = {"today": "today:today", "settings": "today:settings"}
    page = pages.get(request.POST.get("from", ""))
    return redirect(page) if page else redirect(reverse("today:asked") + "#rhythm-of-notes")


def suggested(form: OwnItemForm, request: HttpRequest) -> bool:
    """Whether it could be suggested; the reason stands beside the field otherwise."""
    client = person_of(request)
    try:
        with open_record(client, by=client, why="own items") as record:
            own_items.propose(form.proposal, record=record, key=form.cleaned_data["key"], by=client)
    except CannotPropose as reason:
        form.add_error("words", str(reason))
        return False
    messages.success(request, "Suggested. It is asked once your therapist agrees.")
    return True


@require_POST
@client_required
def agree(request: HttpRequest, item_id: UUID) -> HttpResponse:
    def agreed(record: Record) -> bool:
        return own_items.agree(item_id, record=record, by=record.client) is not None

    return done(request, agreed, "Agreed. The check-in asks it from now on.")


@require_POST
@client_required
def retire(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Stop asking, say no to a suggestion, or take back one's own."""

    def retired(record: Record) -> bool:
        return own_items.retire(item_id, record=record, by=record.client)

    return done(request, retired, RESTS)


@require_POST
@client_required
def end_measure(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    def ended(record: Record) -> bool:
        return assigning.end(assignment_id, client=record.client, by=record.client)

    return done(request, ended, RESTS)


def done(request: HttpRequest, deed: Callable[[Record], bool], words: str) -> HttpResponse:
    """One tap on one's own plan, and back to it."""
    client = person_of(request)
    try:
        with open_record(client, by=client, why="own items") as record:
            if deed(record):
                messages.success(request, words)
    except (CannotPropose, TooMuch) as reason:
        messages.info(request, str(reason))
    return redirect("today:asked")
