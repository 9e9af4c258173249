"""The times of a letter in words: whose clock leads, and the other one's beside it where it differs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from koru.ui.times import same_wall, short_day, spoken_both, spoken_instant, spoken_time, spoken_zone

from .models import Letter


def leading(letter: Letter) -> ZoneInfo:
    """Whose clock leads: the room's, for what happens in a room; else the reader's."""
    return ZoneInfo(letter.context["room_zone"]) if letter.context.get("room_zone") else letter.clock


def times_said(letter: Letter) -> dict[str, str]:
    reader, lead = letter.clock, leading(letter)
    at = {
        name: datetime.fromisoformat(letter.context[name])
        for name in ("starts", "ends", "before", "until")
        if name in letter.context
    }
    said: dict[str, str] = {name: _instant(at[name], lead, reader) for name in ("before", "until") if name in at}
    if "starts" in at:
        said["time"] = _short(at["starts"], lead, reader)
        said["at"] = _dated(at["starts"], lead)
        said["when"] = (
            spoken_both(at["starts"], at["ends"], lead, reader) if "ends" in at else _instant(at["starts"], lead, reader)
        )
    return said


def _short(at: datetime, leading: ZoneInfo, reader: ZoneInfo) -> str:
    """For subjects: the zone is named where the reader's clock shows something else."""
    words = spoken_time(at.astimezone(leading))
    return words if same_wall(leading, reader, at) else f"{words}, {spoken_zone(leading, at)}"


def _dated(at: datetime, leading: ZoneInfo) -> str:
    """For text messages, which have no room for a second clock."""
    local = at.astimezone(leading)
    return f"{short_day(local.date())}, {spoken_time(local)}, {spoken_zone(leading, at)}"


def _instant(at: datetime, leading: ZoneInfo, reader: ZoneInfo) -> str:
    lead = f"{spoken_instant(at, leading)}, {spoken_zone(leading, at)}"
    if same_wall(leading, reader, at):
        return lead
    return f"{lead} [{spoken_instant(at, reader)}, {spoken_zone(reader, at)}]"
