"""The clinic in numbers and the page of covering, looked at by axe as a clinical lead meets them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from koru.moments.spans import Span
from koru.people.covering import let_cover
from koru.safety.noticing import notice
from tests.looks import look_at_all
from tests.people import ally, make_client, make_clinic, make_therapist
from tests.safety.test_plan_in_the_browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_is_left_out_on_what_a_lead_reads(page: Page, live_server: LiveServer) -> None:
    make_clinic()
    lead, pair = make_therapist(is_lead=True), ally(make_client(), make_therapist())
    notice(pair.client, {"phq-9.item.9": 1}, about=uuid4(), by=pair.client)
    now = timezone.now()
    let_cover(pair.client, lead, Span(now, now + timedelta(days=2)), "I am away these two days.", by=pair.therapist)
    sign_in(page, live_server, lead)
    record = f"/care/{pair.client.pk}/"
    look_at_all(page, ["/care/supervision/", "/care/covering/", record, f"{record}notes/"])
