"""Requests that the live server still works on: a closed page sends its last words, and tables aren't emptied under them."""

import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started

from tests.stack.running import until

TESTS = threading.main_thread()
ON_THEIR_WAY: list[threading.Thread] = []
BREATH = 0.03  # seconds between two looks: what the browser has sent may not have been taken up at the first


def begun(**_: Any) -> None:
    if threading.current_thread() is not TESTS:
        ON_THEIR_WAY.append(threading.current_thread())


def ended(**_: Any) -> None:
    if threading.current_thread() in ON_THEIR_WAY:
        ON_THEIR_WAY.remove(threading.current_thread())


def count_them() -> None:
    request_started.connect(begun, dispatch_uid="tests.in_flight.begun")
    request_finished.connect(ended, dispatch_uid="tests.in_flight.ended")


def none_twice() -> bool:
    if working():
        return False
    time.sleep(BREATH)
    return not working()


def working() -> list[threading.Thread]:
    return [thread for thread in ON_THEIR_WAY if thread.is_alive()]


def let_them_end() -> None:
    assert until(none_twice), "a request is still being worked on"
