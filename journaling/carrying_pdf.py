"""Entries as a PDF, one after the other. Pure."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from koru.ui.paper import GREY, Hand, Paper
from koru.ui.times import spoken_instant

from .carrying import Carried

TITLE, HEADING, WORDS = Hand(16), Hand(13), Hand(11)
ASKED, SMALL = Hand(11, GREY), Hand(9, GREY)


def document(entries: Iterable[Carried], title: str) -> bytes:
    """The whole file. It is made in memory: its caller sees to it that it isn't too much."""
    paper = Paper(title)
    paper.say(title, TITLE)
    for entry in entries:
        _write(paper, entry)
    return paper.finished(SMALL)


def _write(paper: Paper, entry: Carried) -> None:
    paper.space(5)
    paper.say(spoken_instant(entry.at, ZoneInfo(entry.zone), this_year=0), SMALL)
    if entry.title:
        paper.say(entry.title, HEADING)
    for step in entry.told:
        if step.asked:
            paper.say(step.asked, ASKED)
        paper.tell(step.text, WORDS)
    for thing in entry.things:
        paper.say(f"With a {thing.name}, not in this file.", SMALL)
