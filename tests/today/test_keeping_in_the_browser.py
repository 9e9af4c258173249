"""Meeting less often and keeping well in a real browser: agreed to, ticked, and come back from; used by everybody."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.safety.keeping import Kind
from koru.safety.keeping_well import add, share_list
from koru.sealing.keyring import keyring
from tests.care.world import make_pair
from tests.looks import look_at_all
from tests.people.spacings import proposed
from tests.safety.test_plan_in_the_browser import sign_in

from .steady import gets_notes

pytestmark = pytest.mark.django_db(transaction=True)
LIST = (
    (Kind.SIGN, "I stop answering my sister"),
    (Kind.SIGN, "Dishes stay for days"),
    (Kind.TELL, "Mara, my sister"),
    (Kind.STEP, "Walk to the river and back, phone at home"),
    (Kind.STEP, "Tell Mara that it is one of those days"),
)


def test_agreed_ticked_and_come_back_from(page: Page, live_server: LiveServer) -> None:
    client, therapist = make_pair()
    gets_notes(client)
    proposed(client, therapist, 6, monthly=True)
    with keyring():
        for kind, words in LIST:
            add(kind, words, waits=None, key=uuid4(), by=client)
    sign_in(page, live_server, client)
    look_at_all(page, ["/today/", "/keeping-well/"])
    page.goto("/today/")
    page.get_by_role("button", name="Yes, about every 6 weeks").click()
    expect(page.get_by_text("Agreed. You can come sooner at any time")).to_be_visible()
    page.goto("/keeping-well/")
    page.get_by_label("Dishes stay for days").check()
    page.get_by_role("region", name="Any of them this week?").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Rough days happen")).to_be_visible()
    expect(page.get_by_text("Walk to the river")).to_be_visible()
    look_at_all(page, ["/keeping-well/rough-days/", "/check-in/items/", "/sessions/book/"])
    page.goto("/keeping-well/rough-days/")
    page.get_by_role("button", name="I’d like to come sooner").click()
    expect(page.get_by_text("Your therapist knows that you would like to come sooner")).to_be_visible()
    with keyring():
        share_list(waits=None, by=client)
    sign_in(page, live_server, therapist)
    look_at_all(page, [f"/care/{client.pk}/plan/", f"/care/{client.pk}/keeping-well/"])
