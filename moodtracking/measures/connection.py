"""What the four lines of a connection check-in add up to (clinical.md 4.6). Pure; its pages come later."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NEEDED = 3
LOW = 50  # five on the scale of ten, as stored times ten
FALL = 20


@dataclass(frozen=True, slots=True)
class Connection:
    """`overall` from 0 to 10 with one decimal; `ask`: worth asking about. None when too few lines were answered."""

    overall: Decimal | None
    ask: bool | None


def connection(answers: Sequence[int | None], own_median: Sequence[int] = ()) -> Connection:
    """From four lines of 0 to 100: the mean of the answered, needing three of four."""
    told = [value for value in answers if value is not None]
    if len(told) < NEEDED:
        return Connection(None, None)
    mean = Decimal(sum(told)) / len(told)
    overall = (mean / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)
    pairs = zip(answers, own_median, strict=False)
    fell = any(now is not None and usual - now >= FALL for now, usual in pairs)
    return Connection(overall, mean <= LOW or fell)
