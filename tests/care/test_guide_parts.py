"""An entry of a guide for the therapist: each step under its question when it is shared, nothing of it when it isn't."""

from uuid import uuid4

import pytest

from journaling import library, walking
from journaling.models import Entry
from journaling.sharing import ONLY_ME, THERAPIST
from journaling.walking import Said
from journaling.writing import share
from koru.people.models import Person
from koru.sealing.keyring import keyring

from .world import make_pair, signed_in

pytestmark = pytest.mark.django_db
SAID = (("a7-what-stayed", 2, "A canary in the river."), ("a7-not-what-i-expected", 3, "A canary on the hill."))


def walked(client: Person) -> Entry:
    walk = walking.begin("gathering", by=client)
    for slug, step, text in SAID:
        walking.say(walk, Said(step, library.load().prompts[slug], text, uuid4()), by=client)
    return Entry.objects.get(client=client)


def test_a_shared_guide_is_read_by_its_steps_and_taking_it_back_acts_at_once() -> None:
    rowan, wren = make_pair()
    with keyring():
        entry = walked(rowan)
        share(entry, THERAPIST, by=rowan)
    browser, path = signed_in(wren), f"/care/{rowan.pk}/entries/{entry.pk}/"
    page = browser.get(path).content.decode()
    for slug, _, text in SAID:
        assert page.index(library.load().prompts[slug].text) < page.index(text)
    with keyring():
        share(entry, ONLY_ME, by=rowan)
    assert browser.get(path).status_code == 404


def test_a_private_guide_reaches_no_page_of_the_therapists() -> None:
    rowan, wren = make_pair()
    with keyring():
        entry = walked(rowan)
    browser, record = signed_in(wren), f"/care/{rowan.pk}/"
    assert browser.get(f"{record}entries/{entry.pk}/").status_code == 404
    for page in (record, f"{record}brief/", "/care/"):
        shown = browser.get(page).content.decode()
        assert "canary" not in shown
        assert "Gathering what stayed" not in shown
    for own in (f"/journal/walks/{entry.walk.pk}/kept/", f"/journal/walks/{entry.walk.pk}/2/"):
        assert browser.get(own).status_code == 404
