"""Measures and whole templates into a plan: all of a choice or none, only while its fullest week stays within the most."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from journaling import assigning
from journaling.assigned import Assigned
from journaling.chosen import assigned_to
from koru.privacy.door import Record
from koru.reminders.burden import Load
from moodtracking.load import check_room, filled
from moodtracking.measures import definitions
from moodtracking.measures.assigning import assign
from moodtracking.measures.models import Assignment
from moodtracking.picking import live_symptoms, pick

from .courses import Course, Wanted
from .plan import Plan, plan_of


def put_into_plan(record: Record, template: Course, key: UUID) -> UUID:
    """All of a template; what is in the plan already stays as it is. `key`: twice is once. Raises what its parts raise."""
    followed = {one.slug for one in live_symptoms(record.client)}
    for slug in template.symptoms:
        if slug not in followed:
            pick(slug, record=record, by=record.reader)
    waits = {one.slug for one in assigned_to(record.client)}
    for slug in template.guides:
        if slug not in waits:
            choice = assigning.Choice(Assigned.Kind.GUIDE, slug)
            check_room(more_to_write(record, assigning.minutes_of(choice)), plan_of(record).load)
            assigning.assign(choice, record=record, key=uuid5(key, slug), by=record.reader)
    return ask_for(record, template.measures)


def more_to_write(record: Record, minutes: float) -> Load:
    load = plan_of(record).load
    return replace(load, chosen=load.chosen + minutes)


def ask_for(record: Record, wanted: Sequence[Wanted], threshold: int | None = None, shows: str = Assignment.Shows.WORDS) -> UUID:
    """Assign each; what stands in the plan just so is left as it is. Raises TooMuch and what `assign` raises."""
    plan = plan_of(record)
    fit(plan, wanted)
    for one in wanted:
        if (one.measure, form_of(one), one.schedule, threshold, shows) not in {as_it_stands(row) for row in plan.assigned}:
            form = form_of(one)
            assign(one.measure, one.schedule, record=record, by=record.reader, form=form, threshold=threshold, shows=shows)
    return record.client.pk


def fit(plan: Plan, wanted: Sequence[Wanted]) -> None:
    """Raises TooMuch when the fullest week with these would be too full. One in the plan already is replaced."""
    slugs = {one.measure for one in wanted}
    others = [filled(row.measure, row.schedule) for row in plan.known if row.measure not in slugs]
    more = [filled(one.measure, one.schedule) for one in wanted]
    check_room(replace(plan.load, measures=(*others, *more)), plan.load)


def form_of(one: Wanted) -> str:
    return one.form or definitions.load()[one.measure].first_form


def as_it_stands(row: Assignment) -> tuple[str, str, str, int | None, str]:
    return row.measure, row.form, row.schedule, row.threshold, row.shows
