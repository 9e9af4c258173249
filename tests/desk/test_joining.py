"""An invited visitor who makes an account keeps the talk they had: it stands in their own record from then on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.inviting import invite
from koru.people.models import Person
from scheduling.models import Appointment, ConsultationRequest, RequestNote
from tests.people import make_clinic, make_staff, make_therapist

from .asked import request_without_time

pytestmark = pytest.mark.django_db


def met(request: ConsultationRequest) -> Appointment:
    span = Span.lasting(timezone.now() - timedelta(days=2), 30)
    return Appointment.objects.create(
        kind_id="consultation",
        request=request,
        therapist=make_therapist(),
        place="video",
        during=span.range,
        before=0,
        after=15,
        padded=span.padded(0, 15).range,
        state="met",
    )


def signed_up(email: str, about: ConsultationRequest | None) -> Person:
    invitation = invite(email, "Demo Teasel", by=make_staff(), zone="America/Denver", about=about.pk if about else None)
    browser = Client()
    browser.post(f"/invitation/{invitation.token}/")
    answer = browser.post("/accounts/signup/", {"email": email, "password1": "seven quiet ferns", "adult": "on"})
    assert answer.status_code == 302
    person: Person = Person.objects.get(email=email)
    return person


def test_the_request_and_its_talk_become_the_clients() -> None:
    make_clinic()
    request = request_without_time(note="A step-free door, please.", state="invited")
    talk = met(request)
    person = signed_up(request.email, request)
    request.refresh_from_db()
    talk.refresh_from_db()
    assert request.client == person
    assert talk.client == person
    kept = RequestNote.objects.get(request=request)
    assert (kept.text, kept.by, kept.sealed_for, kept.at) == ("A step-free door, please.", None, person.pk, request.made_at)
    assert ConsultationRequest.objects.get(pk=request.pk).note == ""
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert "Free consultation" in browser.get("/sessions/").content.decode()


def test_somebody_invited_directly_has_nothing_to_keep() -> None:
    make_clinic()
    other = request_without_time()
    person = signed_up("direct@example.org", None)
    other.refresh_from_db()
    assert other.client is None
    assert not Appointment.objects.filter(client=person).exists()
