"""Whoever has been away for long finds every address shut until they show that it is still them; help alone isn't."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from koru.people.lasting import SIGNED_IN
from koru.privacy import veil

from .asking import Answer, address, ask, routes
from .canaries import LEVELS, SIDES, canary
from .matrix import MATRIX
from .roles import KIND
from .test_matrix import values
from .world import World

pytestmark = pytest.mark.django_db
AWAY = ("client A", "therapist A", "desk")
OPEN_AFTER_ALL = {  # of everybody, or of whoever holds their link: nothing in them is known from a session
    "", "healthz", "readyz", "metrics", "help-now/", "help-now/worker.js", "privacy/", "sw.js", "consultation/", "ask-for-help/",
    "help-first/<uuid:flag_id>/", "help-first/<uuid:flag_id>/step/", "help-first/<uuid:flag_id>/call-me/",
    "demo/mailbox/", "demo/mailbox/<slug:name>/", "invitation/<str:token>/",
    "reminders/stop/<str:signed>/", "reminders/later/<str:signed>/", "accounts/login/", "accounts/logout/",
    "accounts/password/reset/", "accounts/password/reset/done/", "accounts/password/reset/key/done/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "accounts/inactive/", "accounts/reauthenticate/", "accounts/2fa/reauthenticate/", "accounts/2fa/webauthn/reauthenticate/",
}  # fmt: skip


@pytest.fixture(scope="module")
def away(world: World) -> dict[str, str]:
    """Sessions of people who signed in yesterday, and have not been seen since."""
    return {role: _left_alone(world, role) for role in AWAY}


def _left_alone(world: World, role: str) -> str:
    person = world.people[role]
    person.set_password("seven quiet ferns")
    person.save()
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session[SIGNED_IN] = (timezone.now() - timedelta(days=1)).timestamp()
    session.save()
    return str(session.session_key)


@pytest.mark.parametrize("role", AWAY)
def test_nothing_is_shown_and_nothing_is_done(role: str, world: World, away: dict[str, str]) -> None:
    wrong = []
    for route, _ in routes():
        if route in OPEN_AFTER_ALL or KIND[role] not in MATRIX[route].opens:
            continue
        path = address(route, values(route, world.things["A"]))
        for verb in ("GET", "POST"):
            answer = ask(away[role], verb, path)
            if not (shut(answer) or (verb == "POST" and is_writing(answer))):
                wrong.append((route, verb, answer.status))
    assert wrong == []


def shut(answer: Answer) -> bool:
    asked_again = answer.status == 302 and "/reauthenticate/" in answer.location
    return (asked_again or answer.status == 401 or 'id="veil"' in answer.body) and not answer.written - {"privacy_parkedform"}


def is_writing(answer: Answer) -> bool:
    """What is being typed goes on being kept: the answer has none of anybody's words."""
    shows = [canary(level, side) for level in LEVELS for side in SIDES if canary(level, side) in answer.body]
    return resolve(answer.path).view_name in veil.WRITING and not shows


def test_each_name_that_stays_open_is_an_address(world: World) -> None:
    paths = (address(route, values(route, world.things["A"])) for route, _ in routes())
    assert {resolve(path).view_name for path in paths} >= veil.OPEN | veil.WRITING | veil.POLLS
