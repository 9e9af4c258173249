"""While all who may ask the database wait there, help and the sign of life are still answered."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from koru.ui import room
from koru.ui.room import Room

OVER = Event()


def stands_still(request: HttpRequest) -> HttpResponse:
    if request.path_info == "/today/":
        OVER.wait(60)
    return HttpResponse("answered")


@pytest.fixture
def full(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """One in which as many wait as may."""
    settings.KORU_AT_ONCE = 2
    monkeypatch.setattr(room, "WAITS", 0.05)
    OVER.clear()
    here = Room(stands_still)
    with ThreadPoolExecutor(2) as waiting:
        for _ in range(2):
            waiting.submit(here, RequestFactory().get("/today/"))
        while here.places._value:
            OVER.wait(0.01)
        yield here
        OVER.set()


@pytest.mark.parametrize("path", ["/healthz", "/help-now/", "/help-now/worker.js"])
def test_what_needs_no_database_is_answered(full: Room, path: str) -> None:
    assert full(RequestFactory().get(path)).content == b"answered"


def test_whoever_else_comes_is_told_when_to_come_back(full: Room) -> None:
    told = full(RequestFactory().get("/journal/"))
    assert (told.status_code, told["Retry-After"]) == (503, "5")


def test_the_place_of_one_who_left_or_failed_is_free_again(settings: Settings) -> None:
    settings.KORU_AT_ONCE = 1

    def fails(request: HttpRequest) -> HttpResponse:
        raise ValueError(request.path_info)

    here = Room(fails)
    for _ in range(3):
        with pytest.raises(ValueError, match="/today/"):
            here(RequestFactory().get("/today/"))
