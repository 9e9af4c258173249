"""A measure that the clinic has added: assigned, filled in and read like those that Koru brings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from koru.safety.flags import Flag
from moodtracking.measures import definitions

from .test_definitions import WELL
from .world import assigned, filled, make_pair, signed_in

pytestmark = pytest.mark.django_db


def forget() -> None:
    definitions.everything.cache_clear()
    definitions.load.cache_clear()


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    (tmp_path / "our-evenings.v1.toml").write_text(WELL)
    settings.KORU_MEASURES = str(tmp_path)
    forget()
    yield tmp_path
    forget()


def test_it_is_assigned_filled_in_and_read(own: Path) -> None:
    pair = make_pair()
    assigned(pair, "our-evenings", "weekly")
    start = signed_in(pair[0]).get("/measures/our-evenings/").content.decode()
    assert "How evenings were" in start
    row = filled(pair[0], [1, 0], "our-evenings")
    assert (row.total, row.band, row.version) == (1, "", 1)
    page = signed_in(pair[1]).get(f"/care/{pair[0].pk}/measures/{row.pk}/").content.decode()
    assert "Our evenings 1: the first one." in page
    assert "I read before sleep." in page
    assert not Flag.objects.exists()


def test_a_newer_version_is_asked_from_then_on_and_the_old_result_reads_as_before(own: Path) -> None:
    pair = make_pair()
    assigned(pair, "our-evenings", "weekly")
    old = filled(pair[0], [1, 1], "our-evenings")
    newer = WELL.replace("version = 1", "version = 2").replace("I read before sleep.", "I read a page before sleep.")
    (own / "our-evenings.v2.toml").write_text(newer)
    forget()
    browser = signed_in(pair[1])
    page = browser.get(f"/care/{pair[0].pk}/measures/{old.pk}/").content.decode()
    assert "I read before sleep." in page
    assert definitions.load()["our-evenings"].version == 2
    old.refresh_from_db()
    assert (old.version, old.total, old.definition.version) == (1, 2, 1)
