"""How invented clients fare over the weeks (clinical.md section 13). Pure."""

from dataclasses import dataclass
from itertools import pairwise

from .chance import Chance

Path = tuple[tuple[float, float], ...]
DIP_DAYS = range(5, 10)


@dataclass(frozen=True)
class Course:
    """One way things can go: `path` is the median mood by weeks since the first session, `weeks` how long they stay."""

    name: str
    share: float
    path: Path
    weeks: tuple[int, int]
    sessions: int = 6
    swing: float = 0.0
    dips: bool = False

    def mood_after(self, weeks: float, days_since_session: int | None) -> float:
        """The middle of that day's mood, -3 to +3."""
        mood = along(self.path, weeks) + self.swing * (1 if int(weeks) // 2 % 2 else -1)
        dip = self.dips and days_since_session is not None and days_since_session in DIP_DAYS
        return mood - (1.2 if dip else 0)


COURSES = (
    Course("early lift", 0.30, ((-2, -1), (0, -1), (3, 1), (200, 1)), (22, 39), dips=True),
    Course("slow, steady", 0.25, ((-2, -1), (0, -1), (5, 0), (10, 1), (200, 1)), (30, 60)),
    Course("up and down", 0.20, ((-2, -0.5), (0, -0.5), (8, 0.2), (200, 0.2)), (40, 90), sessions=10, swing=1.3),
    Course("little change", 0.15, ((-2, -1), (200, -1)), (26, 60)),
    Course("stops early", 0.10, ((-2, -1), (5, -0.6)), (5, 5), sessions=2),
)


def course_named(name: str) -> Course:
    return next(course for course in COURSES if course.name == name)


def drawn(chance: Chance) -> Course:
    return chance.choices(COURSES, weights=[course.share for course in COURSES])[0]


def along(path: Path, at: float) -> float:
    """The value at a place of a path of straight pieces; level before its first and after its last corner."""
    for (left, low), (right, high) in pairwise(path):
        if at <= right:
            return low + (high - low) * max(0.0, (at - left) / (right - left))
    return path[-1][1]
