"""Papers and contact: each deed goes through the door, counts once, and is on the list that the client sees."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from koru.desk import recording
from koru.people.consent_texts import consent_text
from koru.people.consents import has_consent, is_cleared
from koru.people.models import Alliance, Clearance, Consent, EmergencyContact, Person
from koru.privacy.models import AccessRow
from koru.sealing.keyring import keyring
from tests.days import this_day
from tests.people import ally, make_client, make_therapist

TODAY = this_day()


def acts(client: Person) -> list[str]:
    return list(AccessRow.objects.filter(client=client).order_by("seq").values_list("act", flat=True))


def test_a_consent_is_kept_with_the_words_that_were_shown(staff: Person) -> None:
    client = make_client()
    given = recording.record_consent(client, "treatment", by=staff)
    text = consent_text("treatment")
    assert (given.version, given.words, given.recorded_by) == (text.version, text.text, staff)
    assert has_consent(client, "treatment")
    assert "consent recorded" in acts(client)


def test_a_consent_recorded_twice_is_one(staff: Person) -> None:
    client = make_client()
    first = recording.record_consent(client, "treatment", by=staff)
    assert recording.record_consent(client, "treatment", by=staff) == first
    assert Consent.objects.filter(client=client).count() == 1


def test_withdrawing_acts_at_once_and_keeps_what_was(staff: Person) -> None:
    client = make_client()
    recording.record_consent(client, "treatment", by=staff)
    assert recording.withdraw_consent(client, "treatment", by=staff)
    assert not recording.withdraw_consent(client, "treatment", by=staff)
    assert not has_consent(client, "treatment")
    assert Consent.objects.get(client=client).withdrawn_by == staff
    assert acts(client).count("consent withdrawn") == 1


def test_the_newest_clearance_counts_and_one_said_twice_is_kept_once(staff: Person) -> None:
    client, until = make_client(), TODAY + timedelta(days=90)
    for _ in range(2):
        recording.record_clearance(client, "Demo Prescriber", "yes", TODAY, until, by=staff)
    assert Clearance.objects.filter(client=client).count() == 1
    assert is_cleared(client, until)
    recording.record_clearance(client, "Demo Prescriber", "not_yet", TODAY, None, by=staff)
    assert not is_cleared(client, TODAY)


def test_a_therapist_begins_and_ends_with_a_client(staff: Person) -> None:
    client, therapist = make_client(), make_therapist()
    first = recording.begin_alliance(client, therapist, by=staff)
    assert recording.begin_alliance(client, therapist, by=staff) == first
    Alliance.objects.filter(pk=first.pk).update(since=timezone.now() - timedelta(hours=1))
    recording.end_alliance(first, by=staff)
    assert not Alliance.objects.of(therapist).exists()


def test_phone_and_emergency_contact_open_again_and_lie_sealed(staff: Person) -> None:
    client = make_client()
    with keyring():
        recording.change_contact(client, "+1 212 555 0111", "Demo Finch", "+1 212 555 0112", "brother", by=staff)
    assert Person.objects.get(pk=client.pk).phone == "+1 212 555 0111"
    contact = EmergencyContact.objects.get(client=client)
    assert (contact.name, contact.phone, contact.relation) == ("Demo Finch", "+1 212 555 0112", "brother")
    assert b"Finch" not in bytes(contact.__dict__["name"])


@pytest.mark.django_db
def test_nobody_but_the_desk_and_the_clients_own_therapist_gets_through_the_door() -> None:
    with pytest.raises(Http404):
        recording.record_consent(make_client(), "treatment", by=make_therapist())
    assert not Consent.objects.exists()


def page(client: Person, name: str, *more: object) -> str:
    return reverse(f"desk:{name}", args=[client.pk, *more])


def test_consent_asks_for_a_tick(desk: Client) -> None:
    client = make_client()
    answer = desk.post(page(client, "consent", "treatment"), {"version": 1})
    assert answer.status_code == 422
    assert "please tick this to go on" in answer.content.decode()
    assert not Consent.objects.exists()


def test_words_that_changed_since_the_page_was_opened_are_shown_before_they_count(desk: Client) -> None:
    client = make_client()
    answer = desk.post(page(client, "consent", "treatment"), {"version": 0, "agreed": "on"})
    assert answer.status_code == 422
    assert "The words have changed" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("version", ["", "one", "1e9", "\u0663", "99999999999999999999", "-1"])
def test_an_odd_version_records_nothing(desk: Client, version: str) -> None:
    client = make_client()
    assert desk.post(page(client, "consent", "treatment"), {"version": version, "agreed": "on"}).status_code == 422
    assert not Consent.objects.exists()


def test_an_unknown_consent_is_not_there(desk: Client) -> None:
    client = make_client()
    for kind in ("nothing", "research"):
        assert desk.get(page(client, "consent", kind)).status_code == 404
        assert desk.post(page(client, "withdraw", kind)).status_code == 404


def test_a_consent_is_recorded_and_withdrawn_on_its_page(desk: Client) -> None:
    client = make_client()
    answer = desk.post(page(client, "consent", "treatment"), {"version": 1, "agreed": "on"}, follow=True)
    assert "Treatment: recorded." in answer.content.decode()
    answer = desk.post(page(client, "withdraw", "treatment"), follow=True)
    assert "No dosing session can be booked" in answer.content.decode()
    assert not has_consent(client, "treatment")


GOOD = {"prescriber_name": "Demo Prescriber", "verdict": "yes", "decided_on": str(TODAY), "valid_until": "2027-12-31"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"prescriber_name": ""}, "Prescriber: please fill this in"),
        ({"prescriber_name": "Demo\nPrescriber"}, "Please use one line."),
        ({"prescriber_name": "x" * 100_000}, "Keep this to 120 characters"),
        ({"verdict": ""}, "What did they decide? Choose one"),
        ({"verdict": "perhaps"}, "Pick one of the values shown."),
        ({"decided_on": "31/31/2026"}, "Enter a date that exists"),
        ({"decided_on": str(TODAY + timedelta(days=3))}, "Enter a day up to today."),
        ({"decided_on": "0001-01-01"}, "Enter a day up to today."),
        ({"valid_until": ""}, "A clearance has an end."),
        ({"valid_until": "2019-01-01"}, "The last day comes after the decision"),
        ({"valid_until": "9999-12-31"}, "within this century"),
    ],
)
def test_an_odd_clearance_is_named_in_words_and_nothing_is_lost(desk: Client, wrong: dict[str, str], words: str) -> None:
    client = make_client()
    answer = desk.post(page(client, "clearance"), {**GOOD, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'role="alert"' in text
    assert "Demo Prescriber" in text or "prescriber_name" in wrong
    assert not Clearance.objects.exists()


def test_a_clearance_posted_twice_is_one(desk: Client) -> None:
    client = make_client()
    for _ in range(2):
        assert desk.post(page(client, "clearance"), GOOD).status_code == 302
    assert Clearance.objects.get(client=client).valid_until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Demo Lark \u202eReversed", "Demo Lark \u202eReversed"),
        ("\u05d3\u05de\u05d5", "\u05d3\u05de\u05d5"),
        ("Demo \U0001f33f", "Demo \U0001f33f"),
        ("Demo\x00Lark", "DemoLark"),
    ],
)
def test_names_of_contacts_stay_as_they_were_typed(desk: Client, typed: str, kept: str) -> None:
    client = make_client()
    said = {"phone": "", "contact_name": typed, "contact_phone": "212 555 0199", "contact_relation": ""}
    assert desk.post(page(client, "contact"), said).status_code == 302
    assert EmergencyContact.objects.get(client=client).name == kept
    assert desk.get(page(client, "client")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"phone": "call me"}, "look like a phone number"),
        ({"phone": "1" * 30}, "look like a phone number"),
        ({"contact_phone": "+1 212 555 0100"}, "Whose number is it?"),
        ({"contact_relation": "y" * 100_000}, "Keep this to 60 characters"),
        ({"contact_name": "Demo\r\nBcc: all@example.org"}, "Please use one line."),
    ],
)
def test_an_odd_contact_is_named_in_words(desk: Client, wrong: dict[str, str], words: str) -> None:
    client = make_client()
    answer = desk.post(page(client, "contact"), {"contact_relation": "aunt", **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "aunt" in answer.content.decode() or "contact_relation" in wrong
    assert not EmergencyContact.objects.exists()


def test_a_therapist_is_chosen_among_those_who_work_here(desk: Client) -> None:
    client = make_client()
    for odd in ("", "nobody", str(uuid4()), str(make_client().pk), str(make_therapist(is_active=False).pk)):
        answer = desk.post(page(client, "therapist"), {"therapist": odd})
        assert answer.status_code == 422, odd
    assert not Alliance.objects.exists()
    assert desk.post(page(client, "therapist"), {"therapist": str(make_therapist().pk)}).status_code == 302
    assert Alliance.objects.filter(client=client).count() == 1


def test_an_alliance_of_somebody_else_is_not_ended_from_here(desk: Client) -> None:
    one, other = make_client(), make_client()
    alliance = ally(other, make_therapist())
    assert desk.post(page(one, "part", alliance.pk)).status_code == 404
    assert desk.post(page(other, "part", alliance.pk), {"ended_as": "another"}).status_code == 302
    assert desk.post(page(other, "part", alliance.pk)).status_code == 404
