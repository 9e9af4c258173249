"""People who write all at once over HTTP while parts of the stack fall, and what they were told.

Each check-in has a key, and is sent with the same key until it is acknowledged, as a page does it.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import BrowserContext

from tests.journeys.stack import Stack

KEPT, CUT_OFF = 302, 0


@dataclass
class Writers:
    """`acknowledged`: keys by the moment (monotonic seconds) of the answer; `answers`: how often each status came."""

    port: int
    cookies: str
    token: str
    over: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, float] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)

    def write(self) -> None:
        key = str(uuid4())
        while not self.over.is_set():
            status = self.sent(key)
            self.answers[status] += 1
            if status == KEPT:
                self.acknowledged[key] = time.monotonic()
                key = str(uuid4())
            else:
                time.sleep(0.05)

    def sent(self, key: str) -> int:
        """The status; CUT_OFF where the connection broke."""
        body = urlencode({"asked": "mood", "mood": "1", "key": key, "csrfmiddlewaretoken": self.token})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookies}
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", "/check-in/", body, kind)
            return line.getresponse().status
        except (OSError, HTTPException):
            return CUT_OFF
        finally:
            line.close()

    def figures(self) -> dict[str, object]:
        """`gap`: the longest time, in seconds, in which nobody was told that something is kept."""
        gap = max((after - before for before, after in pairwise(sorted(self.acknowledged.values()))), default=0.0)
        return {"acknowledged": len(self.acknowledged), "gap": round(gap, 1), "answers": dict(self.answers)}

    def missing(self, stack: Stack) -> set[str]:
        kept = {str(key) for (key,) in stack.sql("SELECT key FROM moodtracking_checkin")}
        return set(self.acknowledged) - kept


@contextmanager
def writing(context: BrowserContext, stack: Stack, hands: int = 8) -> Iterator[Writers]:
    """For the time of the block, by the client who is signed in there. All have stopped when it ends."""
    page = context.new_page()
    page.goto("/check-in/?anyway=1")
    token = page.locator("form[data-tap-url] [name=csrfmiddlewaretoken]").input_value()
    page.close()
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
    writers = Writers(stack.demo.port, cookies, token)
    threads = [threading.Thread(target=writers.write) for _ in range(hands)]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        writers.over.set()
        for thread in threads:
            thread.join(60)
