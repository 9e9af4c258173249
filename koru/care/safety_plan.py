"""A client's safety plan in their therapist's hands: to read, and to write in together with them."""

from datetime import datetime

from django.http import Http404

from koru.privacy.door import Record
from koru.privacy.standing import Standing
from koru.safety.plan_forms import TogetherForm
from koru.safety.plan_reading import PlanView, plan_of
from koru.safety.plan_review import review_words
from koru.safety.plan_typing import Sheet, saved
from koru.safety.plan_words import Change
from koru.safety.planning import ChangedMeanwhile, keep
from koru.safety.plans import PlanDraft
from scheduling.phases import first_ahead
from scheduling.sessions import dosing_sessions


def asks_review(record: Record, now: datetime) -> str:
    """Why the plan is to be gone through together, in words; empty when nothing asks for it."""
    return review_words(record.client, now, first_ahead(dosing_sessions(record.client), now))


def sheet_in(record: Record, draft_id: str) -> Sheet:
    """The form of this record's plan, with what this therapist typed before."""
    plan = plan_to_write(record)
    return Sheet.opened(record.client, record.reader, plan, draft_id, kind=TogetherForm)


def plan_to_write(record: Record) -> PlanView:
    """Writing in it is the client's own therapist's. Raises Http404 for who stands in."""
    if record.standing is not Standing.THERAPIST:
        raise Http404
    return plan_of(record)


def write_in(record: Record, form: TogetherForm, draft: PlanDraft | None, plan: PlanView) -> Sheet | None:
    """Keep what was written. A sheet when somebody else has kept another version meanwhile: both stand on it."""
    try:
        keep(record.client, form.writing, by=record.reader)
    except ChangedMeanwhile as met:
        return Sheet.again(form, plan, draft, met.current)
    record.looked_at("safety plan changed")
    return None


def typed_in(record: Record, form: TogetherForm, change: Change | None) -> PlanDraft | None:
    """What this therapist has typed so far, kept."""
    return saved(record.client, form, change, by=record.reader)
