"""Text messages: always within 160 signs of their alphabet, a name whole or not at all, and nothing clinical."""

from datetime import UTC, datetime, timedelta
from unicodedata import normalize
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Clinic
from koru.reminders.gsm import BASIC, EXTENDED, NotSayable, brought, said, units
from koru.reminders.kinds import kind, load
from koru.reminders.text_words import FIRST, HELP, MOST, STARTED, STOPPED, TAILS, answer_of, first_text, text_of
from tests.reading_rules import broken_rules

from .test_kinds import CLINICAL, PLACE
from .test_rendering import NOW, letter, reader

LINK = "https://koru.example.org/t/AbCdEfGhIjK/"
CLINIC = Clinic(name="Demo", phone="+1 212 555 0100", zone="America/New_York")
TEXTED = [(one.name, variant) for one in load().values() if "text" in one.channels for variant in ("", *one.variants)]
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
HOSTS = st.from_regex(r"https://[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60}){1,3}/t/[A-Za-z0-9_-]{11}/", fullmatch=True)
NAMES = st.one_of(
    st.text(max_size=60), st.text("ÁÉÖßçñłœŞğ'’ -&{}[]€", max_size=60), st.sampled_from(["Koru", "Praxis Übergang", "Γιώργος"])
)


PHONES = st.one_of(st.just(""), NAMES, st.just("+1 212 555 0100"))
CLINICS = st.builds(Clinic, sender_name=NAMES, phone=PHONES)
CLOCKS = st.tuples(ZONES, st.one_of(st.just(""), ZONES), st.integers(0, 200))


def text(name: str, clinic: Clinic = CLINIC, phrase: str = "") -> str:
    return text_of(letter(name, reader("America/Denver", neutral_phrase=phrase)), clinic, NOW, LINK)


@given(what=st.sampled_from(TEXTED), clinic=CLINICS, phrase=NAMES, clocks=CLOCKS, starts=INSTANTS, link=HOSTS)
def test_whatever_the_names_zones_and_links_it_fits_and_can_be_said(
    *, what: tuple[str, str], clinic: Clinic, phrase: str, clocks: tuple[str, str, int], starts: datetime, link: str
) -> None:
    (name, variant), (zone, room, before) = what, clocks
    context = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=2)).isoformat(), "variant": variant}
    told = letter(name, reader(zone, neutral_phrase=phrase), **context, **({"room_zone": room} if room else {}))
    found = text_of(told, clinic, starts - timedelta(hours=before), link)
    assert units(found) <= MOST
    assert set(found) <= BASIC | EXTENDED
    assert found.endswith("Reply STOP to end texts.")
    assert "?" not in found or "?" in normalize("NFKC", clinic.sender_name + phrase + clinic.phone)


@given(sender=NAMES, phone=NAMES, region=st.sampled_from(["US", "DE", "XX", ""]))
def test_the_first_one_and_all_answers_fit_too(sender: str, phone: str, region: str) -> None:
    clinic = Clinic(sender_name=sender, phone=phone, region=region)
    for found in (first_text("123456", clinic), *(answer_of(words, clinic) for words in (HELP, STOPPED, STARTED))):
        assert units(found) <= MOST


def test_they_say_what_was_agreed() -> None:
    assert text("session-tomorrow") == (
        "Koru: tomorrow 9:00 am. Details and changes: https://koru.example.org/t/AbCdEfGhIjK/ or +1 212 555 0100. "
        "Reply STOP to end texts."
    )
    assert text("appointment-changed", phrase="Piano lesson") == (
        "Koru: your Piano lesson has moved to Tue 1 Dec, 9:00 am, Denver time (MST). https://koru.example.org/t/AbCdEfGhIjK/ "
        "or +1 212 555 0100. Reply STOP to end texts."
    )
    assert text("session-tomorrow", clinic=Clinic(phone="")).endswith(f"Details and changes: {LINK} Reply STOP to end texts.")


def test_the_first_says_who_how_often_help_and_stop() -> None:
    assert first_text("123456", CLINIC) == (
        "Koru: 123456 is your code. Then up to 3 texts a week. Reply HELP for help, STOP to end. Msg & data rates may apply."
    )


@pytest.mark.parametrize("line", [kind(name).words(variant).text for name, variant in TEXTED])
def test_no_line_names_anything_clinical(line: str) -> None:
    for said_here in (line, *(tail for _, tail in TAILS), FIRST, HELP, STOPPED, STARTED):
        plain = PLACE.sub("", said_here)
        assert not CLINICAL.search(plain), plain
        assert not broken_rules(plain), plain


def test_only_appointments_come_as_text() -> None:
    assert {one.key for one in load().values() if "text" in one.channels} == {"S3", "S4", "S5", "M1"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zoë Åkesson", "Zoe Åkesson"),
        ("Çağla Şahin", "Çagla Sahin"),
        ("François", "Francois"),
        ("Łukasz Œuvre – “Moss”", 'Lukasz OEuvre - "Moss"'),
        ("Fern 🌿 & Moss", "Fern & Moss"),
        ("Ｋｏｒｕ", "Koru"),
        ("Nguyễn", "Nguyen"),
    ],
)
def test_accents_go_and_marks_are_dropped(name: str, found: str) -> None:
    assert brought(name) == found


@pytest.mark.parametrize("name", ["Мария", "Γιώργος", "小林", "Maria К."])
def test_a_name_that_can_not_be_said_whole_is_not_said(name: str) -> None:
    with pytest.raises(NotSayable):
        brought(name)
    assert said(name, "Koru", 25) == "Koru"


@given(st.text())
def test_what_was_brought_is_in_the_alphabet_and_stays_as_it_is(words: str) -> None:
    try:
        found = brought(words)
    except NotSayable:
        return
    assert units(found) >= len(found)
    assert brought(found) == found


def test_some_signs_take_the_room_of_two_and_others_have_none() -> None:
    assert (units("Koru"), units("{€}"), units("")) == (4, 6, 0)
    with pytest.raises(NotSayable):
        units("ç")
