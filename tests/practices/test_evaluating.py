"""The evaluation: the same seed says the same, and the rules find the best-fitting one more often than crowd or chance."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from koru.practices import library, states
from koru.practices.evaluating import Counts, by_weeks, evaluate

PRACTICES = list(library.load().practices.values())


def weeks(seed: int, clients: int = 80, days: int = 14) -> list[Counts]:
    return [week for _, week in by_weeks(evaluate(PRACTICES, states.load(), clients=clients, days=days, seed=seed))]


def test_the_same_seed_says_the_same_and_another_something_else() -> None:
    assert weeks(7, 10) == weeks(7, 10) != weeks(8, 10)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_rules_find_the_best_fitting_one_more_often_than_the_crowd_or_chance(seed: int) -> None:
    first, second = weeks(seed)
    for week in (first, second):
        assert week.days == 80 * 7
        assert week.rules > week.popular
        assert week.rules > 1.5 * week.chance


def test_it_prints_a_line_a_week() -> None:
    out = StringIO()
    call_command("evaluate_practices", clients=5, days=9, seed=1, stdout=out)
    heading, names, *lines = out.getvalue().splitlines()
    assert "5 clients, seed 1" in heading
    assert names.split() == ["week", "rules", "popular", "chance"]
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert all(line.count("%") == 3 for line in lines)


@pytest.mark.parametrize("nobody", [{"clients": 0}, {"days": 0}])
def test_nobody_or_no_day_is_refused_in_words(nobody: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="one of each at least"):
        call_command("evaluate_practices", **nobody)
