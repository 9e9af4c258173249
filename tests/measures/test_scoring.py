"""Totals, bands, clusters and change against the worked examples, and over all answers there can be."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.safety.rules import rule
from moodtracking.measures.comparing import Result, Verdict, change, is_recovery, reliable_bound, whole_bound
from moodtracking.measures.definitions import load
from moodtracking.measures.instrument import Measure
from moodtracking.measures.scoring import half_up, left_open, score

VECTORS = [json.loads(line) for line in (Path(__file__).parent / "data" / "vectors.jsonl").read_text().splitlines()]
MEASURES = load()
Case = Mapping[str, Any]


def answers_of(measure: Measure, values: list[int | None]) -> dict[str, int]:
    return {item.key: value for item, value in zip(measure.scored, values, strict=True) if value is not None}


def result(total: int | None, measure: Measure, form: str = "") -> Result:
    return Result(total, measure.slug, measure.version, form, "en")


@pytest.mark.parametrize("case", [one for one in VECTORS if one["measure"] != "connection"], ids=str)
def test_a_worked_example_comes_out_as_written(case: Case) -> None:
    measure = MEASURES[case["measure"]]
    answers = answers_of(measure, case["answers"])
    told = score(measure, answers, threshold=case.get("threshold"))
    assert told.total == case["total"]
    if "missing" in case:
        assert told.missing == case["missing"]
    assert told.prorated == case.get("prorated", False)
    assert (told.band or None) == case.get("band")
    assert told.positive == case.get("positive")
    if "clusters" in case:
        assert (dict(told.clusters), told.pattern) == (case["clusters"], case["pattern"])
    if "item9" in case:
        assert "9" in [item.key for item in left_open(measure, answers)]


@pytest.mark.parametrize("case", [one for one in VECTORS if "verdict" in one], ids=str)
def test_a_worked_change_comes_out_as_written(case: Case) -> None:
    measure = MEASURES[case["measure"]]
    told = score(measure, answers_of(measure, case["answers"]))
    found = change(result(case["before"], measure), result(told.total, measure), measure)
    assert found.verdict == case["verdict"]
    assert found.points == case.get("change")


@pytest.mark.parametrize("case", [one for one in VECTORS if "flag" in one], ids=str)
def test_item_nine_alone_is_what_its_rule_looks_at(case: Case) -> None:
    nine = case["answers"][8]
    level = rule("phq9_item9").level({"phq-9.item.9": nine}) if nine is not None else None
    assert (level.name.lower() if level else None) == case["flag"]


@pytest.mark.parametrize(
    ("sd", "r", "exact", "whole"),
    [
        ("5.0", "0.84", "5.544", 6),
        ("6.0", "0.9", "5.259", 6),
        ("4.5", "0.83", "5.143", 6),
        ("16.0", "0.82", "18.816", 19),
        ("10.0", "1.0", "0.000", 0),
    ],
)
def test_the_bound_of_jacobson_and_truax(sd: str, r: str, exact: str, whole: int) -> None:
    assert round(reliable_bound(Decimal(sd), Decimal(r)), 3) == Decimal(exact)
    assert whole_bound(Decimal(sd), Decimal(r)) == whole


PHQ_9 = MEASURES["phq-9"]
EDGES = {"minimal": (0, 4), "mild": (5, 9), "moderate": (10, 14), "moderately severe": (15, 19), "severe": (20, 27)}


@pytest.mark.parametrize("total", range(28))
def test_every_total_of_the_phq_9_and_its_band(total: int) -> None:
    values: list[int | None] = [min(3, max(0, total - 3 * place)) for place in range(9)]
    told = score(PHQ_9, answers_of(PHQ_9, values))
    assert told.total == total
    lowest, highest = EDGES[told.band]
    assert lowest <= total <= highest


@pytest.mark.parametrize("missing", range(10))
def test_two_items_of_the_phq_9_may_be_open(missing: int) -> None:
    values: list[int | None] = [None] * missing + [1] * (9 - missing)
    told = score(PHQ_9, answers_of(PHQ_9, values))
    assert told.total == (9 if missing <= 2 else None)
    assert told.prorated == (missing in (1, 2))


def test_the_tenth_item_adds_nothing() -> None:
    assert score(PHQ_9, {item.key: 0 for item in PHQ_9.items} | {"10": 3}).total == 0


def test_all_answers_of_the_gad_7_there_are() -> None:
    measure = MEASURES["gad-7"]
    keys = [item.key for item in measure.items]
    for values in product(range(4), repeat=7):
        told = score(measure, dict(zip(keys, values, strict=True)))
        assert told.total == sum(values)
        assert told.band == ("minimal", "mild", "moderate", "severe")[min(sum(values) // 5, 3)]


@st.composite
def filled(draw: st.DrawFn) -> tuple[Measure, dict[str, int]]:
    measure = draw(st.sampled_from(list(MEASURES.values())))
    answers = {}
    for item in measure.items:
        value = draw(st.none() | st.sampled_from([option.value for option in item.options]))
        if value is not None:
            answers[item.key] = value
    return measure, answers


@given(filled())
def test_any_answers_give_a_total_within_range_with_one_band_or_none_at_all(one: tuple[Measure, dict[str, int]]) -> None:
    measure, answers = one
    told = score(measure, answers)
    assert told.answered + told.missing == len(measure.scored)
    assert (told.total is not None) == (told.answered > 0 and told.missing <= measure.missing_allowed)
    if told.total is not None:
        assert 0 <= told.total <= measure.highest
        assert told.band in [band.name for band in measure.bands] or not measure.bands
    else:
        assert told.band == ""


@given(filled(), st.data())
def test_raising_an_answer_never_lowers_a_total_nor_undoes_a_pattern(
    one: tuple[Measure, dict[str, int]], data: st.DataObject
) -> None:
    measure, answers = one
    raisable = [key for key, value in answers.items() if value < measure.by_key[key].highest and value > 0]
    if not raisable:
        return
    key = data.draw(st.sampled_from(raisable))
    higher = data.draw(st.sampled_from([o.value for o in measure.by_key[key].options if o.value > answers[key]]))
    before, after = score(measure, answers), score(measure, {**answers, key: higher})
    if before.total is not None and after.total is not None:
        assert after.total >= before.total
    assert not (before.pattern and not after.pattern)


@given(filled())
def test_the_order_of_answering_changes_nothing(one: tuple[Measure, dict[str, int]]) -> None:
    measure, answers = one
    assert score(measure, dict(reversed(answers.items()))) == score(measure, answers)


@given(st.integers(0, 400), st.integers(1, 40))
def test_a_half_goes_up(top: int, bottom: int) -> None:
    exact = (Decimal(top) / bottom).quantize(Decimal(1), "ROUND_HALF_UP")
    assert half_up(top, bottom) == int(exact)


@given(st.integers(0, 27), st.integers(0, 27))
def test_change_turns_round_with_its_ends(before: int, now: int) -> None:
    turned = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER, Verdict.NOISE: Verdict.NOISE}
    there, back = (change(result(a, PHQ_9), result(b, PHQ_9), PHQ_9) for a, b in ((before, now), (now, before)))
    assert back.verdict is turned[there.verdict]
    assert there.is_reliable == (abs(now - before) >= 6)


@pytest.mark.parametrize("other", [{"version": 2}, {"form": "weekly"}, {"language": "es"}, {"measure": "gad-7"}])
def test_unlike_things_are_never_compared(other: dict[str, Any]) -> None:
    now = Result(5, "phq-9", 1, "standard", "en")
    found = change(replace(now, total=20, **other), now, PHQ_9)
    assert (found.verdict, found.points, found.alike) == (Verdict.NONE, None, False)


@pytest.mark.parametrize(
    ("before", "now", "recovered"), [(16, 9, True), (15, 10, False), (14, 9, False), (9, 2, False), (10, 4, True)]
)
def test_reliable_recovery_crosses_the_mark_and_the_noise(before: int, now: int, recovered: bool) -> None:
    assert is_recovery(result(before, PHQ_9), result(now, PHQ_9), PHQ_9) is recovered


@pytest.mark.parametrize(
    ("cut", "total", "band"), [(31, 31, "at or above"), (33, 32, "below"), (None, 33, "at or above"), (40, 34, "at or above")]
)
def test_the_clinic_may_set_the_cut_point_of_the_pcl_5_within_its_range(cut: int | None, total: int, band: str) -> None:
    pcl = MEASURES["pcl-5"]
    values: list[int | None] = [min(4, max(0, total - 4 * place)) for place in range(20)]
    assert score(pcl, answers_of(pcl, values), cut_point=cut).band.startswith(band)
