"""What clients and therapists read about a result."""

import re

import pytest

from moodtracking.measures.comparing import Result, change
from moodtracking.measures.definitions import Measure, load
from moodtracking.measures.words import Reading, ending, sentence

PHQ_9, GAD_7, PCL_5, WHO_5 = (load()[slug] for slug in ("phq-9", "gad-7", "pcl-5", "who-5"))


def result(total: int | None, form: str = "standard") -> Result:
    return Result(total, "any", 1, form, "en")


@pytest.mark.parametrize(
    ("which", "before", "now", "words"),
    [
        (PHQ_9, 17, 11, "Fewer difficulties than on 21 October."),
        (PHQ_9, 14, 11, "About the same as on 21 October."),
        (PHQ_9, 11, 17, "More difficulties than on 21 October. Would you like to bring this along?"),
        (WHO_5, 36, 48, "More well-being than on 21 October."),
        (PHQ_9, None, 11, "Saved. This is your starting point, nothing more."),
        (PHQ_9, 11, None, "Saved. Some questions were left open, and that's fine."),
    ],
)
def test_the_client_reads_a_sentence_of_clinical_4_9(which: Measure, before: int | None, now: int | None, words: str) -> None:
    told = change(result(before) if before is not None else None, result(now), which)
    found = ending(which, now, told, "21 October" if before is not None else "", shows="words")
    assert found.sentence == words


def test_another_form_is_not_compared() -> None:
    told = change(result(40, "monthly"), result(20, "weekly"), PCL_5)
    assert ending(PCL_5, 20, told, "1 October", shows="words").sentence == (
        "Saved. This was a different form, so it isn't compared."
    )


def test_bands_are_read_only_where_the_therapist_turned_them_on() -> None:
    told = change(result(17), result(11), PHQ_9)
    for shows, number in (("none", ""), ("words", "11 of 27"), ("bands", "11 of 27, moderate")):
        found = ending(PHQ_9, 11, told, "21 October", shows=shows, band="moderate")
        assert found.number == number
    assert ending(PHQ_9, 11, told, "21 October", shows="none", band="moderate").sentence == "Saved."


@pytest.mark.parametrize(
    ("which", "before", "now", "band", "words"),
    [
        (PHQ_9, 17, 11, "moderate", "PHQ-9 11 (moderate), 6 lower than 21 Oct: more than noise (bound 6)."),
        (GAD_7, 12, 9, "mild", "GAD-7 9 (mild), 3 lower than 21 Oct: within noise (bound 4)."),
        (PCL_5, 46, 34, "at or above cut-point", "PCL-5 34, 12 lower than 21 Oct: possibly a change; 15 would be reliable."),
    ],
)
def test_the_therapist_reads_the_number_and_the_noise(which: Measure, before: int, now: int, band: str, words: str) -> None:
    told = change(result(before), result(now), which)
    assert sentence(Reading(which, now, band, len(which.scored), (), told, "21 Oct", "4 Nov")) == words


def test_open_items_are_named() -> None:
    told = change(None, result(11), PHQ_9)
    one = Reading(PHQ_9, 11, "moderate", 8, (PHQ_9.by_key["5"],), told, "", "4 Nov")
    assert sentence(one) == "PHQ-9 11 (moderate): the first one (prorated from 8 of 9; item 5 left open)."


def test_without_a_total_item_nine_is_told() -> None:
    left = [PHQ_9.by_key[key] for key in ("2", "3", "7")]
    one = Reading(PHQ_9, None, "", 6, left, change(None, result(None), PHQ_9), "", "4 Nov")
    assert sentence(one, item9=0) == "PHQ-9 4 Nov: 3 items left open, no total. Item 9 answered: 0."


def test_nothing_a_client_reads_at_the_end_is_a_band_a_score_or_praise() -> None:
    shown = [
        ending(measure, now, change(result(20), result(now), measure), "1 October", shows="words", band="severe").sentence
        for measure in (PHQ_9, WHO_5, PCL_5)
        for now in (0, 18, 27)
    ]
    assert not [words for words in shown if re.search(r"mild|moderate|severe|score|well done|great|!", words, re.IGNORECASE)]
