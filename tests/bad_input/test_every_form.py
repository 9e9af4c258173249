"""Every form of every page with everything odd: met with words, nothing typed lost, nothing shown as markup, no fault of ours."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from zlib import crc32

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils.html import escape

from koru.people.models import Person
from koru.privacy.models import AccessRow
from koru.ui.text import tidied

from .addresses import ours, taking_forms
from .by_script import is_script, scripts
from .forms_on_pages import Field, SeenForm, body, forms_of
from .odd import MARKUP, SHOWN_RAW, values
from .world import World, make_world

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
FORM = "application/x-www-form-urlencoded"
MET = {200, 302, 400, 404, 409, 413, 422, 429}
OPEN_TO_ALL = ("/accounts/", "/help-now/", "/consultation/", "/invitation/", "/reminders/later/", "/hello/", "/t/")
ROLES = ("visitor", "invited", "noted", "client", "soon", "therapist", "staff")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock: Callable[[str], Any]) -> World:
    clock("2026-11-24T17:00:00Z")
    return make_world()


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is done inside hasn't been, for the next try."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def found(world: World, role: str) -> dict[tuple[str, tuple[str, ...]], SeenForm]:
    """Each form once, however many pages carry it."""
    seen: dict[tuple[str, tuple[str, ...]], SeenForm] = {}
    for page in world.pages[role]:
        with taken_back():
            shown = world.browser(role).get(page)
            assert shown.status_code == 200, (role, page, shown.status_code)
        for form in forms_of(shown.content.decode(), page):
            seen.setdefault((form.path, tuple(form.names())), form)
    sent = scripts(role, client_of(world).pk)
    return seen | {(path, names): SeenForm(path, [Field(name, "text") for name in names]) for path, names in sent.items()}


def client_of(world: World) -> Person:
    client = world.people["client"]
    assert client
    return client


def post(browser: Client, form: SeenForm, odd: dict[str, bytes] | None = None) -> Any:
    return browser.post(form.path, body(form.untouched(), odd), content_type=FORM)


@pytest.mark.parametrize("all_of_it", [False, pytest.param(True, marks=pytest.mark.faults)])
@pytest.mark.parametrize("role", ROLES)
def test_nothing_odd_in_any_field_is_a_fault_and_nothing_typed_is_lost(
    world: World, role: str, clock: Callable[[str], Any], all_of_it: bool
) -> None:
    """Every field of every form. The short form gives each half of what is odd, another half to each, and always markup."""
    forms = found(world, role)
    clock("2026-11-24T17:00:30Z")
    signed_in = world.browser(role)
    for form in forms.values():
        for name in form.names():
            for what, value in values(world.foreign, chosen=name in form.chosen()).items():
                if all_of_it or is_given(form, name, what):
                    with taken_back():
                        check(like(signed_in), form, name, what, value)


def is_given(form: SeenForm, name: str, what: str) -> bool:
    """The same half in each run; ids in an address are new each time, and don't count."""
    shape = ID.sub("", f"{form.path} {name} {what}")
    return what == "markup" or crc32(shape.encode()) % 2 == 0


def like(signed_in: Client) -> Client:
    """A browser that holds what this one holds, and keeps what it is given to itself."""
    browser = Client(raise_request_exception=True)
    browser.cookies = deepcopy(signed_in.cookies)
    return browser


def check(browser: Client, form: SeenForm, name: str, what: str, value: bytes) -> None:
    where = (form.path, name, what)
    answer = post(browser, form, {name: value})
    assert answer.status_code in MET, (*where, answer.status_code)
    page = answer.getvalue().decode(errors="replace").replace("\r\n", "\n")  # some answers are files
    if value == MARKUP:
        shown = browser.get(answer["Location"]).content.decode() if answer.status_code == 302 else page
        assert not [raw for raw in SHOWN_RAW if raw in page + shown], where
    if answer.status_code == 422 and name in form.typed() and not is_script(form.path):
        assert "NUL" in what or kept(value) in page, where


def kept(value: bytes) -> str:
    """As it stands in a field or between tags."""
    text = tidied(value.decode(errors="replace")).text
    return escape(text.strip())


@pytest.mark.parametrize("role", ROLES)
def test_sent_twice_is_as_once(world: World, role: str, clock: Callable[[str], Any]) -> None:
    forms = found(world, role)
    clock("2026-11-24T17:00:30Z")
    for form in forms.values():
        with taken_back():
            browser = world.browser(role)
            assert post(browser, form).status_code in MET, form.path
            once = everything()
            assert post(browser, form).status_code in MET | {403}, form.path
            assert everything() == once, form.path


def everything() -> dict[str, int]:
    """How many rows of each of our models there are. Looks are counted by the trace's own tests."""
    models = [model for model in apps.get_models() if ours(model.__module__) and model is not AccessRow]
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.mark.parametrize("role", ["client", "soon", "therapist", "staff"])
def test_after_the_session_has_ended_every_form_leads_to_signing_in_and_does_nothing(world: World, role: str) -> None:
    for form in found(world, role).values():
        if form.path.startswith(OPEN_TO_ALL):
            continue
        with taken_back():
            before = everything()
            answer = post(Client(), form)
            led = answer.status_code == 302 and answer["Location"].split("?")[0] == "/accounts/login/"
            assert led or (is_script(form.path) and answer.status_code == 401), form.path
            assert everything() == before, form.path


def test_no_address_that_takes_a_form_is_left_out(world: World) -> None:
    walked = {resolve(form.path).view_name for role in ROLES for form in found(world, role).values()}
    browsers = [world.browser(role) for role in ("visitor", "client", "therapist", "staff")]
    assert not (taking_forms(browsers) - walked), sorted(taking_forms(browsers) - walked)
