"""What waits for somebody at the desk, the most pressing first. Names, dates and steps; nothing that anybody wrote."""

from datetime import datetime
from zoneinfo import ZoneInfo

from . import appointment_tasks, away_tasks, client_tasks, glass_tasks, request_tasks
from .waiting import Sort, Tasks

SHOWN = 5
SORTS = (
    Sort("Please have the therapist call", client_tasks.calls, "clay"),
    Sort("Opened in an emergency", glass_tasks.not_looked_at, "clay"),
    Sort("No way home yet", appointment_tasks.ways_home, "clay"),
    Sort("No integration meeting", appointment_tasks.integrations, "straw"),
    Sort("Away, people to see to", away_tasks.people_to_see_to, "clay"),
    Sort("Booked outside the hours", appointment_tasks.outside_hours, "clay"),
    Sort("Clock rules have changed", appointment_tasks.clocks_changed, "straw"),
    Sort("Clearance", client_tasks.clearances, "straw"),
    Sort("To come back to today", request_tasks.to_come_back_to, "straw"),
    Sort("Was the talk held?", request_tasks.talks),
    Sort("Waits for something sooner", request_tasks.sooner),
    Sort("New requests", request_tasks.new_requests, "straw"),
    Sort("Asked to be put right", client_tasks.to_put_right),
    Sort("Consents to record", client_tasks.consents),
    Sort("Invited, no account yet", request_tasks.invitations),
    Sort("Something sooner", appointment_tasks.waiting),
    Sort("Letters that did not arrive", request_tasks.letters, "clay"),
    Sort("Calendars that can’t be read", appointment_tasks.calendars),
)


def open_tasks(now: datetime, zone: ZoneInfo) -> list[Tasks]:
    """All sorts that have something open. A few queries a sort, however much there is."""
    found = (_shown(sort, now, zone) for sort in SORTS)
    return [one for one in found if one.some]


def _shown(sort: Sort, now: datetime, zone: ZoneInfo) -> Tasks:
    every = list(sort.find(now, zone))
    some = [task.at(now) for task in every[:SHOWN]]
    return Tasks(sort.title, some, max(0, len(every) - SHOWN), sort.tone)
