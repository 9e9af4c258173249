"""Which bytes a player asks for: RFC 9110, section 14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journaling.attachments.ranges import NotThere, Stretch, asked_for


@pytest.mark.parametrize(
    ("header", "stretch"),
    [
        ("bytes=0-", Stretch(0, 99)),
        ("bytes=0-0", Stretch(0, 0)),
        ("bytes=10-19", Stretch(10, 19)),
        ("bytes=90-500", Stretch(90, 99)),
        ("bytes=-10", Stretch(90, 99)),
        ("bytes=-500", Stretch(0, 99)),
        ("Bytes = 5 - 6", Stretch(5, 6)),
    ],
)
def test_a_stretch_is_found(header: str, stretch: Stretch) -> None:
    assert asked_for(header, 100) == stretch


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "items=0-1", "bytes=0-1,5-6", "bytes=9-3", "bytes=a-b", "bytes=0-1x"]
)
def test_what_is_no_stretch_or_several_gives_all_of_it(header: str) -> None:
    assert asked_for(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_stretch_behind_the_end_is_not_there(header: str) -> None:
    with pytest.raises(NotThere):
        asked_for(header, 100)


@given(header=st.text(max_size=30) | st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}", fullmatch=True), size=st.integers(1, 10**9))
def test_whatever_is_asked_for_lies_within(header: str, size: int) -> None:
    try:
        stretch = asked_for(header, size)
    except NotThere:
        return
    assert stretch is None or 0 <= stretch.first <= stretch.last < size
