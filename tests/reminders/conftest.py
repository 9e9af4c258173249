"""A push service on this machine, for the tests of the channel, and a sink of text messages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from koru.reminders import pushing, text_providers
from koru.reminders.text_providers import Kept

from .push_service import Service, serving


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("push")) as service:
        yield service


@pytest.fixture
def service(running: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    running.got.clear()
    monkeypatch.setattr(pushing, "bounds", running.bounds())
    return running


@pytest.fixture
def sink(settings: Settings, tmp_path: Path) -> Callable[[], list[Kept]]:
    """This test's own sink of text messages, and what it holds."""
    settings.KORU_TEXTS_SINK = tmp_path / "texts"
    return text_providers.kept
