"""The pages of the practices: care first, then the steps, then the way out."""

import pytest
from django.test import Client

from koru.practices.library import load
from tests.people import make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan(client: Client) -> Client:
    make_clinic()
    client.force_login(make_client())
    return client


@pytest.mark.parametrize("slug", load().practices)
def test_each_practice_is_one_tap_from_the_list_and_says_care_before_the_first_step(rowan: Client, slug: str) -> None:
    practice = load().practices[slug]
    assert f'href="/practices/{slug}/"' in rowan.get("/practices/").content.decode()
    page = rowan.get(f"/practices/{slug}/")
    told = [*([practice.care] if practice.care else []), *practice.steps, load().words.way_out]
    from_here = 0
    text = page.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    for words in told:
        assert words in text[from_here:], words
        from_here = text.index(words, from_here)


def test_a_made_up_practice_is_not_there(rowan: Client) -> None:
    assert rowan.get("/practices/made-up/").status_code == 404


def test_practices_are_a_clients_pages(client: Client) -> None:
    assert client.get("/practices/").status_code == 302
    make_clinic()
    client.force_login(make_therapist())
    assert client.get("/practices/").status_code == 404
