"""The consultation requests: all of them, one of them, and its buttons."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_zone, the_clinic
from koru.people.inviting import AlreadyInvited
from koru.people.permissions import desk_required, person_of
from koru.ui.forms import KoruForm, answer
from scheduling.models import ConsultationRequest
from scheduling.refusals import Refused

from . import requests
from .board import closed, steps
from .follow_forms import DeclineForm, FollowForm
from .following import note_down, take_over
from .invite_forms import MORNING, DirectInviteForm, InviteForm
from .inviting import invite_by_letter, tomorrow_forenoon
from .request_page import RequestPage, request_page

MANY, LATELY = 50, 20
HAS_ACCOUNT = "This address has an account already."


@require_safe
@desk_required
def pipeline(request: HttpRequest) -> HttpResponse:
    now, zone = timezone.now(), clinic_zone()
    return render(request, "desk/requests.html", {"steps": steps(now, zone, MANY), "closed": closed(now, zone, LATELY)})


@require_safe
@desk_required
def one_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    page = request_page(_found(request_id), timezone.now(), clinic_zone())
    return _page(request, page, InviteForm(initial={"therapist": page.talked_with}))


def _page(request: HttpRequest, page: RequestPage, form: KoruForm, **others: KoruForm) -> HttpResponse:
    """The page with its three forms; 422 when one of them has something wrong."""
    kept = {"come_back_on": page.request.come_back_on}
    forms: dict[str, KoruForm] = {
        "follow": FollowForm(today=page.now.astimezone(page.zone).date(), initial=kept),
        "decline": DeclineForm(),
        **others,
    }
    wrong = any(one.is_bound and one.errors for one in (form, *forms.values()))
    return render(request, "desk/request.html", {"page": page, "form": form, **forms}, status=422 if wrong else 200)


@require_POST
@desk_required
def follow(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A note, and the day to come back to it."""
    found, now, zone = _found(request_id), timezone.now(), clinic_zone()
    form = FollowForm(request.POST, today=now.astimezone(zone).date())
    if form.is_valid():
        said = form.cleaned_data
        note_down(found, said["words"].strip(), said["come_back_on"], by=person_of(request), key=said["key"])
        messages.success(request, "Kept.")
        return redirect("desk:request", request_id)
    page = request_page(found, now, zone)
    return _page(request, page, InviteForm(initial={"therapist": page.talked_with}), follow=form)


@require_POST
@desk_required
def mine(request: HttpRequest, request_id: UUID) -> HttpResponse:
    take_over(_found(request_id), by=person_of(request))
    return redirect("desk:request", request_id)


@require_POST
@desk_required
def invite(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, form = _found(request_id), InviteForm(request.POST)
    if form.is_valid():
        therapist, send_at = form.cleaned_data["therapist"], _send_at(form.cleaned_data["send"], found.zone)
        try:
            requests.invite_to_account(found, by=person_of(request), therapist=therapist, send_at=send_at)
        except AlreadyInvited:
            form.add_error(None, HAS_ACCOUNT)
        except requests.NotYet as not_yet:
            form.add_error(None, not_yet.words)
        else:
            messages.success(request, "Invited. The link is on its way.")
            return redirect("desk:request", request_id)
    return _page(request, request_page(found, timezone.now(), clinic_zone()), form)


def _send_at(choice: str, zone: str) -> datetime | None:
    return tomorrow_forenoon(zone, timezone.now()) if choice == MORNING else None


@require_POST
@desk_required
def held(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _done(request, request_id, requests.mark_held, "Noted: the talk was held.")


@require_POST
@desk_required
def not_now(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = DeclineForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        act = partial(requests.decline, reason=said["reason"] or "asked", tell=said["tell"])
        return _done(request, request_id, act, "Noted: not now.")
    page = request_page(_found(request_id), timezone.now(), clinic_zone())
    return _page(request, page, InviteForm(initial={"therapist": page.talked_with}), decline=form)


@require_POST
@desk_required
def no_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _done(request, request_id, requests.no_answer, "Noted: no answer.")


def _done(request: HttpRequest, request_id: UUID, act: Callable[..., ConsultationRequest], words: str) -> HttpResponse:
    try:
        act(_found(request_id), by=person_of(request))
    except (requests.NotYet, Refused) as refused:
        messages.warning(request, refused.words, extra_tags="straw")
    else:
        messages.success(request, words, extra_tags="fern")
    return redirect("desk:request", request_id)


def _found(request_id: UUID) -> ConsultationRequest:
    return get_object_or_404(ConsultationRequest.objects.select_related("owner", "client"), pk=request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def invite_directly(request: HttpRequest) -> HttpResponse:
    """Somebody who comes without a talk here. A link still open for the address is replaced."""
    form, zone = DirectInviteForm(request.POST if request.method == "POST" else None), the_clinic().zone
    if form.is_valid():
        said = form.cleaned_data
        send_at = _send_at(said["send"], zone)
        try:
            invite_by_letter(
                said["email"], said["name"], by=person_of(request), zone=zone, therapist=said["therapist"], send_at=send_at
            )
        except AlreadyInvited:
            form.add_error("email", HAS_ACCOUNT)
        else:
            messages.success(request, "Invited. The link is on its way.")
            return redirect("desk:clients")
    return answer(request, "desk/invite.html", form)
