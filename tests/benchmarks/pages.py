"""Pages beside a bare view that is signed in, asks one question and renders a line."""

from django.test import Client

from koru.people.models import Person

from .measuring import Result, at_least, in_turns
from .world import pair, signed_in

ROUNDS = 60


def today() -> Result:
    """The client's first page."""
    client, _ = pair()
    return beside_bare("today", client, "/today/", 0.5)


def timeline_page() -> Result:
    """A page of 50 moments of a client with 90 busy days."""
    client, therapist = pair()
    return beside_bare("timeline-page", therapist, f"/care/{client.pk}/", 0.4)


def brief_page() -> Result:
    """The page that a therapist reads before a session, of the same client."""
    client, therapist = pair()
    return beside_bare("brief-page", therapist, f"/care/{client.pk}/brief/", 0.1)


def beside_bare(name: str, person: Person, path: str, goal: float) -> Result:
    browser = signed_in(person)
    page, bare = in_turns(lambda: answered(browser, path), lambda: answered(browser, "/bare/"), ROUNDS)
    return at_least(name, "pages/s", 1 / page, 1 / bare, goal)


def answered(browser: Client, path: str) -> None:
    answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
