"""Whether somebody has an account is not told: the same answer, the same work, no mail to strangers; who tries is slowed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from koru.people.models import Person
from koru.settings.cache import ValkeyOrMemory
from tests.people import make_admin, make_client, make_clinic, make_therapist

from .test_sessions import PASSWORD, signed_in, with_address

pytestmark = pytest.mark.django_db
UNKNOWN = "nobody@example.org"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password that is worked through the hasher: what takes the time at signing in."""
    worked: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, *args: Any, **kwargs: Any) -> Any:
        worked.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counted)
    cache.clear()
    make_clinic()
    return worked


@pytest.mark.parametrize("make", [make_client, make_therapist, make_admin])
def test_a_known_address_costs_the_same_work_as_an_unknown_one(hashed: list[str], make: Any) -> None:
    person = with_address(make(password=PASSWORD))
    work, pages = [], []
    for address in (person.email, UNKNOWN):
        hashed.clear()
        answer = Client().post("/accounts/login/", {"login": address, "password": "not it at all"})
        work.append(len(hashed))
        pages.append((answer.status_code, [str(error) for error in answer.context["form"].non_field_errors()]))
    assert work[0] == work[1] > 0
    assert pages[0] == pages[1]


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_a_stranger_gets_no_mail_and_the_same_answer(hashed: list[str], path: str) -> None:
    person = with_address(make_client(password=PASSWORD))
    known, unknown = (Client().post(path, {"email": address}) for address in (person.email, UNKNOWN))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[person.email]]


@pytest.fixture
def valkey_is_away() -> Iterator[None]:
    """The process's own memory stands in, as when Valkey doesn't answer."""
    ValkeyOrMemory.rests_until = _Always()
    yield
    ValkeyOrMemory.rests_until = {}


class _Always(dict[str, float]):
    def get(self, *args: Any) -> Any:
        return float("inf")


def guesses(person: Person, many: int) -> list[str]:
    answers = (Client().post("/accounts/login/", {"login": person.email, "password": f"guess {n}"}) for n in range(many))
    return [f"{one.status_code} {one.content.decode().count('Too many')}" for one in answers]


def test_five_wrong_passwords_for_one_address_shut_it_for_a_while(hashed: list[str]) -> None:
    person = with_address(make_client(password=PASSWORD))
    answers = guesses(person, 7)
    assert answers[0] != answers[-1]
    right = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert right.status_code != 302, "the right one too"


def test_so_they_do_while_valkey_is_away_and_who_is_signed_in_notices_nothing(hashed: list[str], valkey_is_away: None) -> None:
    person = with_address(make_client(password=PASSWORD))
    browser = signed_in(person)
    other = with_address(make_client(password=PASSWORD))
    answers = guesses(other, 7)
    assert answers[0] != answers[-1]
    assert browser.get("/home/")["Location"] == "/today/"


def test_the_admins_own_sign_in_is_the_same_one() -> None:
    assert Client().get("/admin/login/")["Location"].startswith("/accounts/login/")
    sent = Client().post("/admin/login/", {"username": UNKNOWN, "password": "x"})
    assert sent["Location"].startswith("/accounts/login/")


PARTS = some.sampled_from(
    ["/", "//", "\\\\", "\\", "https:", "http:", "javascript:", "evil.example.org", "@", "%2f", "\t", "?", "today"]
)


@given(parts=some.lists(PARTS, min_size=1, max_size=6))
def test_signing_in_leads_to_nowhere_else(parts: list[str]) -> None:
    cache.clear()
    make_clinic()
    person = with_address(make_client(password=PASSWORD))
    target = "".join(parts)
    sent = {"login": person.email, "password": PASSWORD, "next": target}
    where = urlsplit(Client().post("/accounts/login/", sent)["Location"].replace("\\", "/"))
    assert where.netloc in ("", "testserver")
    assert where.scheme in ("", "http", "https")
