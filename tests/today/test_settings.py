"""One's own settings: a section at a time, nothing typed is lost, and the list of looks is there within the request."""

import pytest

from koru.people.models import EmergencyContact, Person
from koru.privacy.door import open_record
from koru.reminders.choices import preferences_of, stoppable_kinds, stopped_kinds
from koru.reminders.kinds import kind
from koru.reminders.way_words import KINDS
from tests.care.world import make_pair, signed_in
from tests.people import make_admin, make_clinic, make_staff, make_therapist

pytestmark = pytest.mark.django_db
ABOUT = {"display_name": "Demo Wattle", "zone": "America/Denver", "region": "US", "phone": "", "neutral_phrase": ""}


def post(person: Person, section: str, told: dict[str, object]) -> tuple[int, str]:
    answer = signed_in(person).post(f"/settings/{section}/", told)
    return answer.status_code, answer.content.decode()


def test_a_look_is_on_the_clients_list_at_the_next_request() -> None:
    client, therapist = make_pair()
    with open_record(client, by=therapist, why="brief"):
        pass
    staff = make_staff()
    with open_record(client, by=staff, why="desk"):
        pass
    for path in ("/settings/", "/settings/who-looked/"):
        page = signed_in(client).get(path).content.decode()
        assert therapist.display_name in page
        assert "opened your brief before a meeting" in page
        assert staff.display_name in page


def test_what_one_says_about_oneself_is_kept() -> None:
    client, _ = make_pair()
    status, _ = post(client, "about", {**ABOUT, "phone": "+1 303 555 0123", "neutral_phrase": "Piano lesson"})
    client.refresh_from_db()
    assert status == 302
    assert (client.display_name, client.zone, client.phone) == ("Demo Wattle", "America/Denver", "+1 303 555 0123")
    assert client.neutral_phrase == "Piano lesson"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "two\nlines"),
        ("display_name", "n" * 100_000),
        ("zone", "Mars/Olympus"),
        ("region", "XX"),
        ("phone", "call me"),
        ("phone", "1" * 39),
    ],
)
def test_odd_values_are_told_beside_the_field_and_kept(field: str, value: str) -> None:
    client, _ = make_pair()
    name = client.display_name
    status, page = post(client, "about", {**ABOUT, "neutral_phrase": "Piano", field: value})
    assert status == 422
    assert "There is a problem" in page
    assert 'value="Piano"' in page
    client.refresh_from_db()
    assert client.display_name == name


@pytest.mark.parametrize("name", ["\u202eDemo", "Demo 🌿", "D\x00emo", "د"])
def test_names_of_all_kinds_are_welcome(name: str) -> None:
    client, _ = make_pair()
    status, _ = post(client, "about", {**ABOUT, "display_name": name})
    client.refresh_from_db()
    assert status == 302
    assert client.display_name == name.replace("\x00", "")


def test_an_emergency_contact_is_sealed_and_can_be_taken_away() -> None:
    client, _ = make_pair()
    post(client, "contact", {"name": "Demo Ash", "phone": "+1 303 555 0100", "relation": "Sister"})
    assert EmergencyContact.objects.get(client=client).name == "Demo Ash"
    post(client, "contact", {"name": "", "phone": "", "relation": ""})
    assert not EmergencyContact.objects.filter(client=client).exists()


def test_kinds_are_turned_off_and_on_one_by_one() -> None:
    client, _ = make_pair()
    offered = [name for name in stoppable_kinds("client") if not kind(name).off_by_default]
    wanted = [name for name in offered if name != "session-week"]
    post(client, "kinds", {"wanted": wanted})
    assert "session-week" in stopped_kinds(client)
    assert "session-tomorrow" not in stopped_kinds(client)
    post(client, "kinds", {"wanted": [*wanted, "session-week"]})
    assert "session-week" not in stopped_kinds(client)


def test_every_kind_that_can_be_stopped_has_words_here() -> None:
    for role in ("client", "therapist", "staff"):
        assert set(stoppable_kinds(role)) <= set(KINDS)


def test_a_daily_note_in_the_quiet_hours_is_refused_with_what_was_typed() -> None:
    client, _ = make_pair()
    status, page = post(client, "nudge", {"check_in_at": "23:15", "prompt_at": "10:00"})
    assert status == 422
    assert "23:15" in page
    assert preferences_of(client).check_in_at is None


@pytest.mark.parametrize("value", ["25:00", "soon", "٣:٠٠", "1e9", "\x00"])
def test_odd_times_are_refused_in_words(value: str) -> None:
    client, _ = make_pair()
    status, page = post(client, "quiet", {"quiet_from": value, "quiet_until": "08:00", "pause": ""})
    assert status == 422
    assert "There is a problem" in page


def test_each_role_has_its_own_sections() -> None:
    make_clinic()
    for person in (make_therapist(), make_staff(), make_admin()):
        page = signed_in(person).get("/settings/")
        assert page.status_code == 200
        assert "Whom the clinic may call" not in page.content.decode()
        assert post(person, "contact", {"name": "x"})[0] == 404
        assert signed_in(person).get("/settings/who-looked/").status_code == 404


def test_an_unknown_section_and_a_get_of_one_change_nothing() -> None:
    client, _ = make_pair()
    assert post(client, "letters", {})[0] == 404
    assert signed_in(client).get("/settings/about/").status_code == 405


def test_who_reads_the_routine_is_found_here_by_the_form_of_its_own_page() -> None:
    client, _ = make_pair()
    browser = signed_in(client)
    assert "Your therapist can read this, but not the week’s word." in browser.get("/settings/").content.decode()
    assert browser.post("/routine/share/", {"share": "0", "from": "settings"})["Location"] == "/settings/"
    assert "Only you can read this." in browser.get("/settings/").content.decode()
    assert browser.post("/routine/share/", {"share": "1"})["Location"] == "/routine/"
