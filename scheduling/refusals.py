"""Why a time can't be had, as words for whoever asked. A deed raises one of these; a view shows its sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A start that can be booked: with whom, and the room and second person free then where they are needed."""

    start: datetime
    therapist_id: UUID
    room_id: UUID | None = None
    second_person_id: UUID | None = None


class Refused(Exception):
    """The deed was not done, and nothing changed. `words` is one plain sentence for the page.

    `nearest` looks for open times when it is first asked for: by the page, after the deed's lock is gone.
    """

    words = "That isn't possible."

    def __init__(self, words: str = "", look: Callable[[], list[OpenTime]] = list) -> None:
        super().__init__(words or self.words)
        self.words = words or self.words
        self.look = look

    @cached_property
    def nearest(self) -> list[OpenTime]:
        return self.look()


class Crowded(Refused):
    words = "Many people are booking just now. Please try again in a moment."


class TimeTaken(Refused):
    words = "That time has just been taken."


class NotOffered(Refused):
    words = "That isn't one of the open times."


class RestBetween(NotOffered):
    """Too close to another of the kind for the same client. `words` says how far apart they are."""


class DayFull(NotOffered):
    words = "That day is full."


class NobodySitsIn(NotOffered):
    words = "Nobody is free then to sit in."


class TimePassed(Refused):
    words = "That time has passed."


class TooSoon(Refused):
    words = "That is too soon to book here. You could call the clinic."


class TooFar(Refused):
    words = "That is further ahead than we book."


class InTheGap(Refused):
    words = "Clocks go forward then: that time does not exist that night."


class NoSuchTime(Refused):
    words = "Pick one of the times shown."


class NotReady(Refused):
    """Consent or clearance is missing. `words` names what."""


class DecideTomorrow(Refused):
    """Within a day of a dosing session nothing more is booked (clinical.md 10.1). `until` is when it opens again."""

    def __init__(self, until: datetime) -> None:
        super().__init__("After a session there is no hurry. You can book from tomorrow.")
        self.until = until


class TooLate(Refused):
    words = "It is close now, so this one is for a call. The clinic finds another time with you."


class NotNow(Refused):
    """The appointment is running, over or cancelled."""

    words = "This appointment can't be changed any more."
