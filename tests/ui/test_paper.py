"""Words on paper: no sign is lost between lines, none runs over the edge, and a reader can select all of it."""

from hypothesis import given
from hypothesis import strategies as some

from koru.ui.paper import GREY, SERIF, Hand, Paper
from koru.ui.wrapping import wrapped
from tests.pdf_words import words_of

TEXTS = some.text(some.sampled_from("ab \tWiü"), max_size=120)


def wide(sign: str) -> float:
    return {"W": 3.0, "i": 0.5, " ": 0.5}.get(sign, 1.0)


@given(TEXTS, some.sampled_from([2.0, 5.0, 11.5]))
def test_lines_hold_every_sign_in_its_order_and_fit(text: str, room: float) -> None:
    lines = list(wrapped(text, wide, room))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(sum(map(wide, line.strip())) <= room or len(line.strip()) == 1 for line in lines)


@given(some.lists(some.sampled_from(["rain", "on", "the", "roof"]), max_size=40), some.sampled_from([4.0, 9.0, 20.0]))
def test_a_word_that_fits_is_never_broken(words: list[str], room: float) -> None:
    lines = wrapped(" ".join(words), lambda sign: 1.0, room)
    assert [word for line in lines for word in line.split()] == words


def test_a_line_takes_as_many_words_as_fit() -> None:
    assert list(wrapped("rain on the roof", lambda sign: 1.0, 11)) == ["rain on the", "roof"]
    assert list(wrapped("", lambda sign: 1.0, 11)) == [""]


def test_what_is_set_can_be_selected_again_page_after_page() -> None:
    paper, said = Paper("A title"), "The rain went on (and on) \\ over the roof, and nobody minded. "
    paper.say("Small and grey", Hand(9, GREY))
    paper.tell("\n".join([said * 30] * 4), Hand(12, family=SERIF))
    told = " ".join(words_of(paper.finished(Hand(9))).split())
    assert told == " ".join(f"Small and grey {said * 120}".split())
    assert paper.pdf.pages_count > 1
