"""How a question is asked: widgets that say which component shows them. The markup is the pack's, in `koru/fields/`."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Steps(forms.RadioSelect):
    """A scale: one row of big radios, each with its words. `drawn` puts a stage of unfurling above them."""

    shape = "steps"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, drawn: bool = True) -> None:
        super().__init__(attrs, choices)
        self.drawn = drawn


class Slide(forms.RadioSelect):
    """A line with stops on it between two words, without numbers, and a way to skip it: the last choice."""

    shape = "slide"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, low: str = "", high: str = "") -> None:
        super().__init__(attrs, choices)
        self.low, self.high = low, high


class Choices(forms.RadioSelect):
    """Radios whose whole box is the target. `hints` gives a sentence to a value."""

    shape = "choices"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, hints: Mapping[str, str] | None = None) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})


class Ticks(forms.CheckboxSelectMultiple):
    """Several of a few."""

    shape = "ticks"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
