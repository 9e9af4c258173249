"""How meetings were is between two: no page of the desk, a lead or an operator, no export, no sum over several people."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.door import open_record
from koru.sealing.keyring import keyring
from moodtracking.connection import models
from moodtracking.connection.guessing import guess
from tests.architecture.floors import ROOT, arrows_in, modules
from tests.people import make_admin, make_staff, make_therapist
from tests.sweep.asking import address, routes

from .world import CANARY, met, said, signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
SUMS = {
    "Avg", "Sum", "Count", "Min", "Max", "StdDev", "Variance", "Aggregate", "aggregate", "annotate", "alias", "extra", "raw",
    "count", "RawSQL", "cursor", "union", "in_bulk",
}  # fmt: skip
OF_THE_ROOM = [
    *(ROOT / "moodtracking" / "connection").glob("*.py"),
    ROOT / "koru" / "care" / "connection.py",
    ROOT / "koru" / "care" / "connection_views.py",
    ROOT / "koru" / "today" / "connection.py",
]
MAY_KNOW = ("moodtracking.connection", "koru.care", "koru.today", "koru.desk.seeding")


@pytest.mark.parametrize("file", OF_THE_ROOM, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_question_of_the_room_sums_or_counts(file: Path) -> None:
    tree = ast.parse(file.read_text())
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not names & SUMS


def test_no_other_room_asks_about_it() -> None:
    """The desk, measures, flags, letters, the clinic's numbers: none of them imports it."""
    found = set()
    for file in modules():
        path = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        leans = any(arrow.target.startswith("moodtracking.connection") for arrow in arrows_in(file.read_text(), path))
        if leans and not path.startswith(MAY_KNOW):
            found.add(path)
    assert found == set()


def test_within_care_only_the_page_of_one_client_does() -> None:
    leaning = set()
    for file in (ROOT / "koru" / "care").glob("*.py"):
        arrows = arrows_in(file.read_text(), f"koru.care.{file.stem}")
        if any("connection" in arrow.target for arrow in arrows):
            leaning.add(file.stem)
    assert leaning == {"brief", "connection", "connection_views", "story", "urls"}


@pytest.mark.parametrize("model", [models.ConnectionCheckIn, models.Guess, models.ConnectionDraft])
def test_operators_have_no_page_of_it(model: type[models.ConnectionCheckIn]) -> None:
    assert not admin.site.is_registered(model)


def test_no_page_of_the_desk_a_lead_or_an_operator_shows_any_of_it(pair: Pair) -> None:
    client, therapist = pair
    for days in (1, 2, 3):
        row = said(client, met(client, therapist, timezone.now() - timedelta(days=days)))
        with keyring(), open_record(client, by=therapist, why="connection") as record:
            guess(record, row.pk, {"heard": 10})
    for person in (make_staff(), make_admin(), make_therapist(is_lead=True)):
        browser = signed_in(person)
        pages = [page for path in plain_paths(client) if (page := shown(browser, path))]
        assert pages
        assert not [page for page in pages if CANARY in page or "The two of you" in page or "own median" in page]


def plain_paths(client: Person) -> list[str]:
    """Addresses of the clinic's people without a parameter, and those that name a client alone."""
    of_the_clinic = ("desk/", "care/", "admin/", "settings/", "sessions/", "course/")
    asked = [route for route, names in routes() if set(names) <= {"client_id"} and route.startswith(of_the_clinic)]
    return [address(route, {"client_id": str(client.pk)}) for route in asked]


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    return answer.getvalue().decode(errors="replace") if answer.status_code == 200 else ""
