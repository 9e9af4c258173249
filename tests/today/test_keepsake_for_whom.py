"""Whose a keepsake is: the client's alone, from the opening of a goodbye on, for good."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from koru.people.parting import put_off
from tests.care.world import signed_in
from tests.people import ally, make_client
from tests.people.goodbyes import opened

from .keepsakes import AS_PAGE, AS_PDF, CHOSEN, KEEPSAKE, NEVER_CHOSEN, PARTS, WORDS, finished, full, put_in

pytestmark = pytest.mark.django_db


def test_before_a_goodbye_and_for_anybody_else_there_is_none() -> None:
    client, therapist = full()
    entry = put_in(client, CHOSEN)
    stranger = make_client()
    ally(stranger, therapist)
    paths = (KEEPSAKE, WORDS, f"{WORDS}{entry.pk}/", PARTS, AS_PAGE, AS_PDF)
    for person in (stranger, therapist):
        web = signed_in(person)
        assert {web.get(path).status_code for path in paths} <= {404, 405}
        assert {web.post(path).status_code for path in paths} <= {404, 405}
    put_off(opened(client, therapist), by=therapist)
    assert {signed_in(client).get(path).status_code for path in paths[:3]} == {404}


def test_it_is_there_for_good_after_the_end_and_also_for_whoever_comes_back() -> None:
    client, therapist = full()
    finished(client, therapist)
    assert signed_in(client).get(KEEPSAKE).status_code == 200
    assert KEEPSAKE in signed_in(client).get("/goodbye/").content.decode()
    ally(client, therapist, since=timezone.now())
    assert signed_in(client).get(KEEPSAKE).status_code == 200


def test_no_page_of_the_therapist_asks_what_was_chosen() -> None:
    client, therapist = full()
    entry = put_in(client, NEVER_CHOSEN)
    web, record = signed_in(therapist), f"/care/{client.pk}/"
    with CaptureQueriesContext(connection) as asked:
        for page in ("", "brief/", "plan/", "goals/", "ending/", f"entries/{entry.pk}/"):
            assert web.get(f"{record}{page}").status_code == 200, page
    assert len(asked) > 6
    assert not [query["sql"] for query in asked.captured_queries if "keepsake" in query["sql"]]
