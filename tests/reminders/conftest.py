"""A push service on this machine, for the tests of the channel."""

from collections.abc import Iterator

import pytest

from koru.reminders import pushing

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
