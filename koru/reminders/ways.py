"""By which channels a letter goes to its reader: what they chose, else what is usual, as far as it reaches them. Pure."""

from collections.abc import Collection, Mapping, Sequence

from .kinds import CHANNELS, LetterKind

ALWAYS = frozenset({"mail", "inbox"})  # everybody with an account has both


def ways(kind: LetterKind, chosen: Mapping[str, Sequence[str]], reach: Collection[str]) -> tuple[str, ...]:
    """The channels of one kind, in the order of CHANNELS; never none, for what isn't stopped has to arrive.

    `chosen`: channels by name of the kind. A way that reaches the reader no more is left out, and mail stands in for it.
    What can't be stopped always comes by mail too.
    """
    own = chosen.get(kind.name)
    wanted = usual(kind, reach) if own is None else own
    found = {one for one in wanted if one in reach and one in kind.channels}
    if not found or not kind.opt_out:
        found.add("mail")
    return tuple(one for one in CHANNELS if one in found)


def usual(kind: LetterKind, reach: Collection[str]) -> list[str]:
    """Without a choice: of each of the kind's alternatives the first that reaches the reader."""
    firsts = (next((one for one in either.split("|") if one in reach), "") for either in kind.usual)
    return [one for one in firsts if one]
