"""When a safety plan is shown to be gone through again, once for each reason (clinical.md 5.5). The rule is pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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


def review_words(client: Person, now: datetime, first_session: datetime | None = None) -> str:
    """Why the client's plan is shown to be gone through, in words; empty when there is no reason now. Two queries."""
    reason = reason_to_review(standing_of(client, first_session), now)
    return str(content()["review"][reason]) if reason else ""


def standing_of(client: Person, first_session: datetime | None) -> Standing:
    plan = SafetyPlan.objects.filter(client=client).first()
    urgent = Flag.objects.of_client(client).filter(level=Level.URGENT).order_by("-latest_at").values_list("latest_at", flat=True)
    return Standing(bool(plan and plan.number), plan.looked_at if plan else None, urgent.first(), first_session)
