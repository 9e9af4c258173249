"""Fetching what somebody named: from allowed hosts alone, never from a private network, within time and size."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from koru.outside.pinned import is_public
from scheduling.fetching import Rules, Unread, Why, fetch, place_of

from .calendar_server import HOST, Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("certificate")
    with serving(folder) as running:
        running.body = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        yield running


def why(server: Server, path: str, **changed: object) -> Why:
    with pytest.raises(Unread) as unread:
        fetch(server.address(path), server.rules(**changed))
    return unread.value.why


def test_what_lies_there_is_read_under_its_own_name(server: Server) -> None:
    assert fetch(server.address("/good?token=x"), server.rules()) == server.body
    assert server.named[-1].startswith(HOST)


def test_it_may_be_led_on_within_the_allowed_and_not_for_ever(server: Server) -> None:
    assert fetch(server.address(f"/to?{server.address()}"), server.rules()) == server.body
    assert fetch(server.address("/to?/good"), server.rules()) == server.body
    server.asked.clear()
    assert why(server, "/loop") == Why.ELSEWHERE
    assert server.asked["/loop"] == 4


@pytest.mark.parametrize(
    "place",
    [
        "https://127.0.0.1/",
        "https://127.0.0.1:{port}/good",
        "https://[::1]:{port}/good",
        "https://localhost:{port}/good",
        "http://calendar.example.org/good",
        "https://elsewhere.example.org/good",
        "https://calendar.example.org@elsewhere.example.org/",
        "https://calendar.example.org:22/",
        "https://calendar.example.org.elsewhere.example.org/",
        "https://calendar.example.org\\@elsewhere.example.org/",
        "file:///etc/passwd",
        "ftp://calendar.example.org/",
        "https://[not-an-address/",
    ],
)
def test_it_is_never_led_anywhere_else(server: Server, place: str) -> None:
    assert why(server, f"/to?{place.format(port=server.port)}") == Why.ELSEWHERE
    with pytest.raises(Unread):
        place_of(place.format(port=server.port), server.rules())


@pytest.mark.parametrize(
    ("path", "found", "changed"),
    [
        ("/endless", Why.TOO_BIG, {"most": 100_000}),
        ("/slow", Why.SLOW, {"seconds": 0.6}),
        ("/slow-to-begin", Why.SLOW, {"seconds": 0.6}),
        ("/packed", Why.NO_CALENDAR, {}),
        ("/404", Why.REFUSED, {}),
        ("/500", Why.UNREACHABLE, {}),
        ("/cut", Why.UNREACHABLE, {}),
    ],
)
def test_a_server_that_behaves_badly_is_left(server: Server, path: str, found: Why, changed: dict[str, object]) -> None:
    assert why(server, path, **changed) == found


def test_a_dead_server_and_one_of_another_name_are_not_read(server: Server) -> None:
    with pytest.raises(Unread) as unread:
        fetch(f"https://{HOST}/", server.rules(port=1))
    assert unread.value.why == Why.UNREACHABLE
    other = server.rules(hosts=[".example.org"])
    with pytest.raises(Unread) as unread:
        fetch(server.address().replace(HOST, "other.example.org"), other)
    assert unread.value.why == Why.UNREACHABLE  # its certificate is for another name


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "198.18.0.1", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_not_connected_to(server: Server, address: str) -> None:
    assert not is_public(address)
    server.asked.clear()
    for found in ([address], ["93.184.215.14", address]):
        assert why(server, "/good", resolve=lambda host, port, told=found: told, may_connect=is_public) == Why.ELSEWHERE
    assert not server.asked


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_the_open_internet_is(address: str) -> None:
    assert is_public(address)


def test_a_name_is_resolved_once_and_the_connection_goes_where_was_looked(server: Server) -> None:
    """DNS rebinding: a name that says something else at the second asking."""
    told = iter([["127.0.0.1"], ["127.0.0.9"]])
    looked: list[str] = []

    def look(address: str) -> bool:
        looked.append(address)
        return True

    assert fetch(server.address(), server.rules(resolve=lambda host, port: next(told), may_connect=look)) == server.body
    assert looked == ["127.0.0.1"]
    assert next(told) == ["127.0.0.9"]


def test_each_step_of_a_redirect_is_resolved_and_looked_at_anew(server: Server) -> None:
    told = iter([["127.0.0.1"], ["10.0.0.1"]])
    allowed = server.rules(resolve=lambda host, port: next(told), may_connect=lambda address: address == "127.0.0.1")
    with pytest.raises(Unread) as unread:
        fetch(server.address("/to?/good"), allowed)
    assert unread.value.why == Why.ELSEWHERE


def test_no_host_is_allowed_until_the_clinic_names_it() -> None:
    assert not Rules(hosts=[]).allow(HOST)
    assert Rules(hosts=[".icloud.com"]).allow("p12-caldav.icloud.com")
    assert not Rules(hosts=[".icloud.com"]).allow("icloud.com.example.org")
    assert not Rules(hosts=[".icloud.com"]).allow("evilicloud.com")
