"""A consent in new words: the difference is shown, and a yes to older words opens nothing that they govern."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from koru.desk.differing import difference
from koru.people.consents import record_consent, withdraw_consent
from koru.people.models import Consent
from koru.settings import accounts
from scheduling.cancelling import cancel
from scheduling.models import Appointment
from scheduling.refusals import NotReady
from tests.scheduling.practice import Practice, at

words = st.text(st.sampled_from("ab \n"), max_size=30)
START = at("2026-12-01 10:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def older(practice: Practice) -> None:
    """They said yes to the words before those of now."""
    record_consent(practice.client, "treatment", 0, "Treatment\n\nYou may stop at any hour.", by=practice.staff)


@given(words, words)
def test_without_what_is_new_it_reads_as_then_and_without_what_is_gone_as_now(then: str, now: str) -> None:
    pieces = difference(then, now)
    assert "".join(one.text for one in pieces if one.is_ != "new") == then
    assert "".join(one.text for one in pieces if one.is_ != "gone") == now


@given(words)
def test_the_same_words_have_no_difference(then: str) -> None:
    assert {one.is_ for one in difference(then, then)} <= {"same"}


def test_the_page_shows_what_has_changed_and_asks_anew(practice: Practice, web: Client) -> None:
    older(practice)
    page = web.get(f"/desk/clients/{practice.client.pk}/consents/treatment/").content.decode()
    assert "What has changed" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert "Record the yes" in page
    assert "New words" in web.get(f"/desk/clients/{practice.client.pk}/").content.decode()


def test_a_yes_to_older_words_opens_no_session_and_blocks_nothing_else(practice: Practice, web: Client) -> None:
    kept = practice.book(START)
    older(practice)
    with pytest.raises(NotReady, match="words of your consent are new"):
        practice.book(at("2026-12-08 10:00"))
    practice.book(at("2026-12-03 10:00"), "integration")
    assert "words of your consent are new" in web.get("/desk/book/", {"client": str(practice.client.pk)}).content.decode()
    kept.refresh_from_db()
    assert kept.state == "booked"
    assert cancel(kept, by=practice.client, reason="plans").state == "cancelled"


def test_a_yes_to_the_new_words_opens_it_again(practice: Practice, web: Client) -> None:
    older(practice)
    page = f"/desk/clients/{practice.client.pk}/consents/treatment/"
    assert web.post(page, {"agreed": "on", "version": "1"}).status_code == 302
    assert practice.book(START).state == "booked"
    given = Consent.objects.in_force().get(client=practice.client, kind="treatment")
    assert (given.version, len(given.words_hash), given.recorded_by) == (1, 64, practice.staff)


def test_taken_back_it_acts_in_the_same_request_and_what_is_booked_stays_for_people_to_decide(
    practice: Practice, web: Client
) -> None:
    practice.book(START)
    assert web.post(f"/desk/clients/{practice.client.pk}/consents/treatment/withdraw/").status_code == 302
    with pytest.raises(NotReady, match="isn't recorded"):
        practice.book(at("2026-12-08 10:00"))
    assert Appointment.objects.get().state == "booked"
    assert withdraw_consent(practice.client, "treatment", by=practice.staff) is False


def test_an_address_is_never_confirmed_by_looking_at_a_link() -> None:
    assert accounts.ACCOUNT_CONFIRM_EMAIL_ON_GET is False
