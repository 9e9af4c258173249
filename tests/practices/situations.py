"""Situations to choose in, drawn by hypothesis."""

from hypothesis import strategies as st

from koru.practices import library, states
from koru.practices.recommending import MOMENTS, Picked, Situation

SHELF = library.load()
RULES = states.load()
SLUGS = st.sampled_from(sorted(SHELF.practices))
RATINGS = st.lists(st.sampled_from(["yes", "a_bit", "not_really", "harder"]), max_size=4).map(tuple)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "mood": st.integers(-3, 3),
        "energy": st.integers(0, 4),
        "tension": st.integers(0, 4),
        "sleep_quality": st.integers(0, 4),
        "connectedness": st.integers(0, 4),
        "symptom:rumination": st.integers(0, 4),
        "symptom:on-guard": st.integers(0, 4),
        "symptom:numb": st.integers(0, 4),
        "side_effect:unreal": st.integers(0, 3),
    },
)
SITUATIONS = st.builds(
    Situation,
    phase=st.sampled_from(states.PHASES),
    hour=st.integers(0, 23),
    answers=ANSWERS,
    tags=st.frozensets(st.sampled_from(["wired", "outside"])),
    minutes=st.none() | st.sampled_from([2, 5, 10]),
    ratings=st.dictionaries(SLUGS, RATINGS, max_size=6),
    lately=st.frozensets(SLUGS, max_size=3),
    picks=st.dictionaries(SLUGS, st.builds(Picked, st.just("Demo Wren"), moment=st.sampled_from(MOMENTS)), max_size=2),
    away=st.frozensets(SLUGS, max_size=5),
    cautions=st.frozensets(st.sampled_from(sorted(SHELF.cautions))),
    seed=st.sampled_from(["", "a day", "another day"]),
)
