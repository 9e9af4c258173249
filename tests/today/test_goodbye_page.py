"""The steps of a goodbye on both pages: what was said is not offered again, and can be said otherwise."""

from collections import Counter

import pytest

from koru.people.models import Person
from tests.bad_input.forms_on_pages import forms_of
from tests.care.world import make_pair, signed_in
from tests.people.goodbyes import opened, said

pytestmark = pytest.mark.django_db
STEP = "/goodbye/door/"


def offered(person: Person, page: str, step: str) -> Counter[str]:
    """The outcomes that the page has a button for, of one step."""
    forms = forms_of(signed_in(person).get(page).content.decode(), page)
    return Counter(outcome for form in forms if form.path == step for outcome in form.untouched()["outcome"])


def test_a_client_is_offered_what_is_not_said_yet() -> None:
    client, therapist = make_pair()
    opened(client, therapist)
    web = signed_in(client)
    assert offered(client, "/goodbye/", STEP) == {"done": 1, "declined": 1}
    for outcome, other in (("declined", "done"), ("done", "declined")):
        web.post(STEP, {"outcome": outcome})
        assert offered(client, "/goodbye/", STEP) == {other: 1}


def test_the_therapist_sees_no_way_to_leave_out_what_is_left_out() -> None:
    client, therapist = make_pair()
    ending = opened(client, therapist)
    page = f"/care/{client.pk}/ending/"
    assert offered(therapist, page, f"{page}steps/letter/") == {"declined": 1}
    signed_in(therapist).post(f"{page}steps/letter/", {"outcome": "declined"})
    assert offered(therapist, page, f"{page}steps/letter/") == {}
    said(ending)
    assert offered(therapist, page, f"{page}steps/door/") == {"done": 1}
