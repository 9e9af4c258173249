"""The goodbye as a therapist prepares it: opened, its steps said by name, the letter, the end."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from koru.people import parting
from koru.people.models import Farewell
from koru.people.parting import CannotPart
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from koru.ui.forms import answer
from scheduling.models import Appointment

from .ending_forms import EndForm, FarewellForm, LastSessionForm
from .finishing import Goodbye, end_it, goodbye_in, open_ending_of, take_last_session, take_step
from .typing_plan import FAREWELL, let_go, waiting

WHY, CHANGED, ENDED = "goodbye", "goodbye changed", "goodbye said"
PAGE = "care:ending"


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def ending(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The page; a POST opens the ending."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        if request.method != "POST":
            return page(request, record, goodbye_in(record))
        try:
            opened = parting.open_ending(record.client, by=record.reader)
        except CannotPart as reason:
            messages.warning(request, str(reason))
        else:
            record.looked_at(CHANGED, opened.pk)
        return redirect(PAGE, client_id)


@require_POST
@therapist_required
def step(request: HttpRequest, client_id: UUID, slug: str) -> HttpResponse:
    """`outcome` is done or declined. One that can't be said so is met with words."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        stands = open_ending_of(record)
        try:
            said = take_step(stands, slug, request.POST.get("outcome", ""), record=record, by=record.reader)
        except CannotPart as reason:
            messages.warning(request, str(reason))
        else:
            record.looked_at(CHANGED, said.pk)
        return redirect(PAGE, client_id)


@require_POST
@therapist_required
def last_session(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        stands, shown = open_ending_of(record), goodbye_in(record)
        form = last_form(request, shown)
        if form.is_valid():
            chosen = next(one for one in mine_of(request, shown) if str(one.pk) == form.cleaned_data["appointment"])
            said = take_last_session(stands, chosen, record=record, by=record.reader)
            record.looked_at(CHANGED, said.pk)
            return redirect(PAGE, client_id)
        return page(request, record, shown, form)


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def letter(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The letter, kept while it is typed. The client reads it once it has ended."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        stands = open_ending_of(record)
        typed = waiting(record.client, record.reader, FAREWELL).get(FAREWELL)
        kept = Farewell.objects.filter(ending=stands).first()
        form = FarewellForm.showing(request.POST if request.method == "POST" else None, kept, typed)
        if form.is_valid():
            written = parting.write_farewell(stands, form.cleaned_data["words"], by=record.reader)
            let_go(record.client, form.cleaned_data["key"], by=record.reader)
            record.looked_at(CHANGED, written.pk)
            messages.success(request, "Kept. They read it once you have ended it.")
            return redirect(PAGE, client_id)
        return answer(request, "care/ending_letter.html", form, {"client": record.client, "typed": typed})


@require_POST
@therapist_required
def not_yet(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Put off: they go on together."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        parting.put_off(open_ending_of(record), by=record.reader)
        record.looked_at(CHANGED)
        messages.success(request, "Put off. You go on together.")
        return redirect(PAGE, client_id)


@require_POST
@therapist_required
def end(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The end. What stands in its way is said beside the button."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        stands = open_ending_of(record)
        form = EndForm(request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    done = end_it(stands, record=record, by=record.reader)
            except CannotPart as reason:
                form.add_error("sure", str(reason))
            else:
                record.looked_at(ENDED, done.pk)
                messages.success(request, f"It has ended. {record.client.display_name} has your letter, and the way back.")
                return redirect("care:caseload")
        return page(request, record, goodbye_in(record), form)


def page(request: HttpRequest, record: Record, shown: Goodbye, posted: forms.BaseForm | None = None) -> HttpResponse:
    forms_of: dict[str, forms.BaseForm] = {"last": last_form(request, shown, blank=True), "sure": EndForm()}
    for name, form in forms_of.items():
        forms_of[name] = posted if posted and type(posted) is type(form) else form
    context = {"goodbye": shown, "client": record.client, **forms_of}
    return answer(request, "care/ending.html", posted or forms_of["sure"], context)


def last_form(request: HttpRequest, shown: Goodbye, *, blank: bool = False) -> LastSessionForm:
    return LastSessionForm(None if blank else request.POST, mine_of(request, shown), ZoneInfo(person_of(request).zone))


def mine_of(request: HttpRequest, shown: Goodbye) -> list[Appointment]:
    """What one's last session can be: what is ahead and what was lately, with oneself."""
    return [one for one in (*shown.ahead, *shown.lately) if one.therapist_id == person_of(request).pk]
