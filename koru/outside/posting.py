"""Posting something to a host that is allowed, and what it answered: a status. Its words are not kept."""

import http.client
from collections.abc import Mapping

from .pinned import BROKEN, Bounds, Pinned, path_in, place_of, watched

MOST = 64 * 1024  # of an answer that nobody reads


class Silent(Exception):
    """No answer, or none in time. `sent`: the other side may have got it."""

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


def post(address: str, body: bytes, headers: Mapping[str, str], bounds: Bounds) -> http.client.HTTPResponse:
    """One POST; what came back, already read. Redirects are answers like any other. Raises Elsewhere or Silent."""
    place, sent = place_of(address, bounds), False
    with watched(bounds.seconds) as watch:
        connection = Pinned(place.hostname or "", bounds, watch)
        try:
            connection.connect()
            sent = True
            connection.request("POST", path_in(place), body, dict(headers))
            answer = connection.getresponse()
            answer.read(MOST)
        except BROKEN as failure:
            why = "no answer in time" if watch.over.is_set() else type(failure).__name__
            raise Silent(why, sent=sent) from failure
        finally:
            connection.close()
        if watch.over.is_set():  # cut in the middle of it: what was read so far is no answer
            raise Silent("no answer in time", sent=True)
    return answer
