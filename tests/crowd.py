"""Many connections at once: each thread its own, all let go at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection
from django.http import Http404

from koru.sealing.keyring import keyring
from scheduling.refusals import Refused

T = TypeVar("T")


def together(acts: list[Callable[[], T]]) -> list[T | Exception]:
    """What each did, or the refusal it met. Anything else that goes wrong is raised."""
    gate = Barrier(len(acts))

    def go(act: Callable[[], T]) -> T | Exception:
        try:
            gate.wait(30)
            with keyring():
                return act()
        except (Refused, Http404) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(go, acts))
