"""The number for text messages: giving it, saying its code, taking it away; and the page that the link in a text opens."""

from collections.abc import Callable
from functools import wraps
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.people.permissions import person_of, person_required
from koru.ui.times import spoken_instant

from .letting_in import Tomorrow
from .notes import path_of
from .number_forms import CodeForm, NumberForm
from .number_page import may_have_texts
from .numbers import TooOften, give_number, say_code, stop_texts, take_number_away
from .rendering import brief
from .text_numbers import number_of, reachable
from .texting import carry_code, letter_behind
from .ways_forms import WaysForm
from .ways_views import shown

HERE = "/settings/notes/#texts"
WRONG = "That code doesn’t fit, or its ten minutes are over. You can have another."
ENOUGH = "That was the last code for today. Tomorrow you can have another."
View = Callable[[HttpRequest, Person], HttpResponse]


def of_readers(view: View) -> Callable[..., HttpResponseBase]:
    """A form of somebody who may have texts; what they would agree to waits after a session."""

    @require_POST
    @person_required
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        person = person_of(request)
        if not may_have_texts(person):
            raise Http404
        try:
            return view(request, person)
        except Tomorrow as wait:
            until = spoken_instant(wait.until, ZoneInfo(person.zone))
            messages.info(request, f"After a session there is no hurry. You can say yes to texts from {until}.")
            return shown(request, WaysForm(None, person), status=422)
        except TooOften:
            messages.info(request, ENOUGH)
            return shown(request, WaysForm(None, person), status=429)

    return guarded


@of_readers
def give(request: HttpRequest, person: Person) -> HttpResponse:
    form = NumberForm(request.POST, person)
    if not form.is_valid():
        return shown(request, WaysForm(None, person), number_form=form)
    return _asked(request, person, form.cleaned_data["number"])


@of_readers
def again(request: HttpRequest, person: Person) -> HttpResponse:
    """Another code to the same number."""
    found = number_of(person.pk)
    return _asked(request, person, found.number) if found and found.is_pending else redirect(HERE)


def _asked(request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """Whatever became of the code, the answer is the same."""
    carry_code(give_number(person, number, by=person))
    messages.success(request, "If texts can reach this number, a code comes within a minute.")
    return redirect(HERE)


@of_readers
def code(request: HttpRequest, person: Person) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid() and say_code(person, form.cleaned_data["code"], by=person):
        messages.success(request, "Done. Texts come to this number now.")
        return redirect(HERE)
    if not form.errors:
        form.add_error("code", WRONG)
    return shown(request, WaysForm(None, person), code_form=form)


@of_readers
def take_away(request: HttpRequest, person: Person) -> HttpResponse:
    if take_number_away(person, by=person):
        messages.success(request, "Taken away. No text goes there any more.")
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
def text_link(request: HttpRequest, short: str) -> HttpResponse:
    """What a text led to: GET says where its note leads, and asks whether texts should stop; POST stops them."""
    now = timezone.now()
    letter = letter_behind(short, now)
    if letter is None or letter.to is None:
        raise Http404
    if request.method == "POST":
        stop_texts(letter.to, by=letter.to)
        return redirect("reminders:text_link", short)
    page = {
        "path": path_of(brief(letter, the_clinic(), now).link),
        "stopped": not reachable().filter(person=letter.to).exists(),
        "phone": the_clinic().phone,
    }
    return render(request, "reminders/text_link.html", page)
