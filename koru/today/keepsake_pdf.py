"""The keepsake as a PDF: A4, its words as words, its charts as drawings. Pure."""

from collections.abc import Sequence
from io import BytesIO

from koru.ui.drawings import drawings
from koru.ui.paper import GREY, SERIF, Hand, Paper

from .keepsake import ChartTold, KeepsakeTold, Piece, Told
from .keepsake_drawing import FERN, HIGH, draw
from .keepsake_goals import GoalTold
from .keepsake_words import DOTS, HEADINGS, LATER, NOTHING, OVER, WAITS, WITH

NAME = Hand(34, family=SERIF, high=0.42, centred=True)
ON_TITLE = Hand(13, GREY, SERIF, centred=True)
HEADING, SUBHEADING = Hand(20, FERN, SERIF, 0.45), Hand(14, family=SERIF)
WORDS, ASKED, SMALL = Hand(12, family=SERIF), Hand(11, GREY, SERIF), Hand(8.5, GREY)
BELOW_A_HEADING = 60
MARK = 22
"""Millimetres: what a heading has at least below it on its page, and how wide the koru of the title page is."""


def document(told: KeepsakeTold) -> bytes:
    """The whole file. It is made in memory: its caller sees to it that it isn't too much."""
    paper = Paper("A keepsake")
    _title_page(paper, told)
    paper.pdf.add_page()
    _intentions(paper, told.intentions)
    _goals(paper, told.goals)
    _words(paper, [one for one in told.words if one.gathered.told])
    _charts(paper, told.charts, told.months)
    _what_was_given(paper, told)
    if told.is_empty:
        paper.say(NOTHING, WORDS)
    return paper.finished(SMALL)


def _title_page(paper: Paper, told: KeepsakeTold) -> None:
    mark = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34" fill="#2c6646">{drawings()["mark"]}</svg>'
    paper.pdf.image(BytesIO(mark.encode()), x=(paper.pdf.w - MARK) / 2, y=78, w=MARK)
    paper.pdf.set_y(112)
    paper.say(OVER, ON_TITLE)
    paper.space(4)
    paper.say(told.name, NAME)
    paper.space(6)
    paper.say(told.months, ON_TITLE)
    paper.say(WITH.format(told.therapist), ON_TITLE)


def _part(paper: Paper, heading: str) -> None:
    """The heading of a part, with room below it for some of what it heads."""
    paper.room_for(BELOW_A_HEADING)
    if not paper.at_the_top:
        paper.space(12)
    paper.pdf.start_section(heading)
    paper.say(heading, HEADING)
    paper.space(3)


def _intentions(paper: Paper, told: Sequence[Told]) -> None:
    if told:
        _part(paper, HEADINGS["intentions"])
    for one in told:
        paper.say(one.when, SMALL)
        paper.tell(one.text, WORDS)
        paper.space(4)


def _goals(paper: Paper, goals: Sequence[GoalTold]) -> None:
    if goals:
        _part(paper, HEADINGS["goals"])
    for goal in goals:
        _goal(paper, goal)
        paper.space(4)


def _goal(paper: Paper, goal: GoalTold) -> None:
    paper.say(goal.words, SUBHEADING)
    if goal.before:
        paper.say("At first you put it so:", SMALL)
        paper.tell(goal.before, WORDS)
    for where in (goal.first, goal.last):
        if where:
            paper.space(3)
            paper.say(where.when, SMALL)
            paper.tell(where.text, WORDS)


def _words(paper: Paper, words: Sequence[Piece]) -> None:
    if words:
        _part(paper, HEADINGS["words"])
    for one in words:
        _piece(paper, one)
        paper.space(6)


def _piece(paper: Paper, piece: Piece) -> None:
    paper.say(piece.when, SMALL)
    if piece.gathered.title:
        paper.say(piece.gathered.title, SUBHEADING)
    for step in piece.gathered.told:
        if step.asked:
            paper.say(step.asked, ASKED)
        paper.tell(step.text, WORDS)
    if piece.beside:
        paper.say(piece.beside, SMALL)


def _charts(paper: Paper, charts: Sequence[ChartTold], months: str) -> None:
    """Each with its words below its name, on one page with its drawing."""
    if charts:
        _part(paper, HEADINGS["charts"])
    for one in charts:
        paper.room_for(HIGH + 20)
        paper.say(one.trend.title, SUBHEADING)
        paper.say(one.says, SMALL)
        draw(paper.pdf, one.trend.chart, f"{one.trend.title}, {months}. {one.says}")
        paper.space(6)
    if charts:
        paper.say(DOTS, SMALL)


def _what_was_given(paper: Paper, told: KeepsakeTold) -> None:
    """The sessions, the letter, and the one that waits."""
    if told.sessions:
        _part(paper, HEADINGS["sessions"])
        paper.say(f"{told.sessions.many}.", WORDS)
        for day in told.sessions.days:
            paper.say(day, SMALL)
    if told.letter:
        _part(paper, HEADINGS["letter"].format(told.letter_by))
        paper.tell(told.letter.text, WORDS)
        paper.say(told.letter.when, SMALL)
    if told.opens:
        _part(paper, HEADINGS["to-self"])
        paper.say(WAITS.format(told.opens), WORDS)
        paper.say(LATER, SMALL)
