"""When the demo says that it is ready: pages can be served, whatever letters waited while it was down."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from koru.stack.demo import is_ready

WELL = {"ready": True, "database": "ok", "tables": "ok", "keys": "ok", "letters": "ok"}


@contextmanager
def answering(status: int, found: dict[str, object]) -> Iterator[int]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object, **more: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def test_late_letters_do_not_keep_the_demo_from_starting() -> None:
    with answering(503, {**WELL, "ready": False, "letters": "letters are waiting longer than five minutes"}) as port:
        assert is_ready(port)


@pytest.mark.parametrize("part", ["database", "tables", "keys"])
def test_what_pages_need_does(part: str) -> None:
    with answering(503, {**WELL, "ready": False, part: "away"}) as port:
        assert not is_ready(port)


def test_all_well_is_ready_and_silence_is_not() -> None:
    with answering(200, dict(WELL)) as port:
        assert is_ready(port)
    assert not is_ready(port)
