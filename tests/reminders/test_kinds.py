"""Letters: complete, stoppable, and telling a stranger nothing."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.reminders.kinds import CONTENT, ContentError, Wording, kind, load, read
from tests.reading_rules import broken_rules

CLINICAL = re.compile(
    r"ketamine|esketamine|infusion|lozenge|psychedelic|therap|session|mood|journal|\bdos(e|es|ing)\b|clinic|medic|treatment"
    r"|consent|clearance|prescri|symptom|side.effect|depress|anxi|trauma|mental|psych|integration|intention|check-in|crisis"
    r"|safety|suicid|wellbeing|diagnos|patient|health|care team|entry|questionnaire|prompt\b",
    re.IGNORECASE,
)
PLACE = re.compile(r"\{\w+\}")


def wordings() -> list[tuple[str, Wording]]:
    kinds = load().values()
    return [(one.key, words) for one in kinds for words in (one.wording, *one.variants.values())]


@pytest.mark.parametrize(("key", "words"), wordings())
def test_no_subject_and_no_body_names_anything_clinical(key: str, words: Wording) -> None:
    for line in (words.subject, *words.body):
        assert not CLINICAL.search(PLACE.sub("", line)), f"{key}: {line}"
        assert not broken_rules(line), f"{key}: {line}"


@pytest.mark.parametrize(
    "line", ["Your session is near", "Ketamine today", "How is your mood", "Call your clinic", "Dosing at 10"]
)
def test_the_list_of_clinical_words_notices_them(line: str) -> None:
    assert CLINICAL.search(line)


def test_no_subject_carries_a_name_or_a_link() -> None:
    places = {name for _, words in wordings() for name in Wording(words.subject, ()).places}
    assert places == {"time"}


def test_every_kind_of_the_first_house_is_there() -> None:
    assert {one.key: one.name for one in load().values()} == {
        "C1": "consultation-booked",
        "C2": "consultation-soon",
        "C3": "consultation-after",
        "C4": "consultation-closed",
        "I1": "invitation-again",
        "B1": "appointment-booked",
        "B2": "course-booked",
        "S1": "session-week",
        "S2": "session-two-days",
        "S3": "session-tomorrow",
        "S4": "session-today",
        "S5": "appointment-changed",
        "S6": "waitlist-open",
        "S7": "appointment-missed",
        "F1": "pick-up-asked",
        "F2": "pick-up-changed",
        "F3": "pick-up-cannot",
        "M1": "meeting-tomorrow",
        "J1": "prompt-ready",
        "L1": "letter-to-self",
        "Q1": "measure-due",
        "A2": "first-morning",
        "A3": "connection",
        "K1": "check-in",
        "R1": "routine",
        "W1": "week-word",
        "T2": "flag",
        "T3": "driver-missing",
        "X1": "security",
        "N1": "sooner-asked",
        "D1": "new-request",
        "H1": "quiet-hello",
        "P1": "paused",
        "V2": "somebody-covers",
        "E1": "copy-ready",
        "E2": "erasing-asked",
        "E3": "erasing-soon",
        "E4": "erased",
        "E5": "note-waits",
        "V4": "opened-in-emergency",
        "T4": "emergency-told",
    }


def test_what_must_arrive_can_not_be_stopped() -> None:
    fixed = {one.key for one in load().values() if not one.opt_out}
    fixed_here = {"V4", "T4", "E1", "E2", "E3", "E4", "E5", "N1"}
    assert fixed == {"C1", "C3", "C4", "B1", "B2", "S5", "F1", "F2", "F3", "T2", "X1", "P1", "V2"} | fixed_here


def test_only_what_was_just_asked_for_or_just_happened_ignores_quiet_hours() -> None:
    assert {one.key for one in load().values() if one.quiet == "ignore"} == {"C1", "B1", "B2", "S5", "X1", "V4"}


def test_only_changes_and_security_go_through_the_quiet_day() -> None:
    by_hush = {hush: {one.key for one in load().values() if one.hush == hush} for hush in ("through", "if-asked")}
    through = {"S5", "T2", "X1", "V4", "T4", "E2", "E3", "E4"}
    assert by_hush == {"through": through, "if-asked": {"C1", "B1", "B2"}}


def test_appointments_go_before_what_could_be_dropped() -> None:
    kept = [one.priority for one in load().values() if one.key in {"B1", "B2", "S1", "S3", "S4", "S5", "M1"}]
    over_the_ceiling = [one.priority for one in load().values() if one.key in {"H1", "J1", "K1", "P1", "R1", "W1"}]
    assert max(kept) < min(over_the_ceiling)
    assert {one.key for one in load().values() if one.ceiling} == {"A2", "A3", "H1", "J1", "K1", "L1", "P1", "Q1", "R1", "W1"}


def test_the_note_two_days_before_is_off_until_the_clinic_turns_it_on() -> None:
    assert [one.key for one in load().values() if one.off_by_default] == ["S2"]


def test_check_in_notes_pause_after_five_and_prompts_rest_between_sessions() -> None:
    assert kind("check-in").pauses_after == 5
    assert kind("week-word").pauses_after == 5
    assert kind("prompt-ready").off_in == ("between", "maintenance")


def test_a_cancelled_appointment_gets_other_words_under_the_same_subject() -> None:
    changed = kind("appointment-changed")
    assert changed.words("cancelled").subject == changed.words().subject
    assert "is cancelled" in changed.words("cancelled").body[1]
    with pytest.raises(KeyError):
        changed.words("postponed")


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        kind("we-miss-you")


def test_a_letter_without_one_of_its_values_is_not_written() -> None:
    with pytest.raises(KeyError, match="change_link, link, stop_link, when"):
        kind("session-week").words().filled({"first_name": "Demo Wren"})


def test_values_are_never_read_as_words_with_places() -> None:
    filled = Wording("At {time}", ("Hello {first_name},",)).filled({"time": "10:00", "first_name": "{time} {0} {"})
    assert filled == Wording("At 10:00", ("Hello {time} {0} {,",))


@given(value=st.text())
def test_no_value_can_start_a_new_line_of_a_mail(value: str) -> None:
    filled = Wording("At {time}", ("Hello {time}",)).filled({"time": value})
    for line in (filled.subject, *filled.body):
        assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('quiet = "ignore"', 'quiet = "never"', r"letters\.toml: consultation-booked: unknown behaviour 'never'"),
        ('name = "consultation-soon"', 'name = "consultation-booked"', r"consultation-booked: is there twice"),
        ("opt_out = true", "opt_out = false", r"consultation-soon: a letter has a \{stop_link\} exactly when"),
        ('about = "appointment+start"', "", r"consultation-booked: .*about"),
        ('subject = "Your call with us is booked"', "", r"consultation-booked: 'subject'"),
        ('usual = ["mail", "text"]', 'usual = ["mail", "pigeon"]', r"session-tomorrow: mail is always a way"),
        ('channels = ["mail", "inbox"]', 'channels = ["inbox"]', r"appointment-booked: mail is always a way"),
    ],
)
def test_a_wrong_file_names_itself_and_the_letter(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = Path(shutil.copy(CONTENT, tmp_path))
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read(file)
