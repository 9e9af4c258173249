"""When a safety plan is shown to be gone through again, once for each reason (clinical.md 5.5). The rule is pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.people.models import Person

from .flags import Flag
from .levels import Level
from .plan_words import content
from .plans import SafetyPlan

EACH = timedelta(days=90)
BEFORE_FIRST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule looks at. `looked_at`: when the plan was last written, gone through or let be; `first_session`: the
    start of a first dosing session that is still ahead."""

    is_begun: bool
    looked_at: datetime | None
    urgent_at: datetime | None
    first_session: datetime | None


def reason_to_review(it: Standing, now: datetime) -> str:
    """ "flag", "first_session", "none" or "days"; empty when there is none, or it has been shown and answered."""
    soon = it.first_session is not None and now <= it.first_session <= now + BEFORE_FIRST
    if not it.is_begun:
        return "none" if soon and not _since(it.looked_at, it.first_session) else ""
    if it.urgent_at and (it.looked_at is None or it.urgent_at > it.looked_at):
        return "flag"
    if soon and not _since(it.looked_at, it.first_session):
        return "first_session"
    return "days" if it.looked_at is None or now - it.looked_at >= EACH else ""


def _since(looked_at: datetime | None, session: datetime | None) -> bool:
    """Whether it was looked at in the two weeks before that session."""
    return bool(looked_at and session and looked_at >= session - BEFORE_FIRST)


def about_review(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What the rule looks at: the plan, and when somebody was last urgently looked for."""
    urgent = Flag.objects.of_client(client).filter(level=Level.URGENT).order_by("-latest_at").values_list("latest_at")
    return SafetyPlan.objects.filter(client=client).values_list("number", "looked_at")[:1], urgent[:1]


together = Together(about_review)


def review_from(answers: Sequence[list[Any]], now: datetime, first_session: datetime | None = None) -> str:
    """Why the plan is shown to be gone through, in words, by the answers to `about_review`; empty when nothing asks for it."""
    plans, urgent = answers
    number, looked_at = plans[0] if plans else (0, None)
    standing = Standing(number > 0, looked_at, urgent[0][0] if urgent else None, first_session)
    reason = reason_to_review(standing, now)
    return str(content()["review"][reason]) if reason else ""


def review_words(client: Person, now: datetime, first_session: datetime | None = None) -> str:
    """The same for one client, in one round trip."""
    return review_from(together(client), now, first_session)
