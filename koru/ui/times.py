"""Times as people say them: "Tuesday 1 December, 10:00 am to 12:30 pm", with the zone by its name."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def spoken_day(day: date, *, this_year: int | None = None) -> str:
    """ "Tuesday 1 December"; with the year when it isn't the one named."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if this_year in (None, day.year) else f"{words} {day.year}"


def short_day(day: date) -> str:
    """ "Tue 1 Dec", for rows of days."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def spoken_month(day: date) -> str:
    """ "December 2026" """
    return f"{MONTHS[day.month - 1]} {day.year}"


def spoken_time(at: time | datetime) -> str:
    """ "10:00 am", by the clock on the wall that the value carries."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"


def spoken_instant(at: datetime, zone: ZoneInfo, *, this_year: int | None = None) -> str:
    """ "Tuesday 1 December, 10:00 am", on that zone's wall clock."""
    local = at.astimezone(zone)
    return f"{spoken_day(local.date(), this_year=this_year)}, {spoken_time(local)}"


def spoken_range(start: datetime, end: datetime, zone: ZoneInfo, *, this_year: int | None = None) -> str:
    """ "Tuesday 1 December, 10:00 am to 12:30 pm"; names the second day too when it is another."""
    began, ended = start.astimezone(zone), end.astimezone(zone)
    until = spoken_time(ended) if ended.date() == began.date() else spoken_instant(end, zone, this_year=this_year)
    return f"{spoken_instant(start, zone, this_year=this_year)} to {until}"


def spoken_zone(zone: ZoneInfo, at: datetime, until: datetime | None = None) -> str:
    """ "Denver time (MDT)": the city of the zone and its abbreviation then; "(MDT, then MST)" when clocks change between."""
    if zone.key in {"UTC", "Etc/UTC"}:
        return "UTC"
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    first, last = abbreviation(zone, at), abbreviation(zone, until or at)
    return f"{city} time ({first})" if first == last else f"{city} time ({first}, then {last})"


def abbreviation(zone: ZoneInfo, at: datetime) -> str:
    """ "MDT"; "UTC+5:45" where the zone has no letters."""
    local = at.astimezone(zone)
    name = local.tzname() or ""
    return name if name.isalpha() else offset_words(local.utcoffset())


def offset_words(offset: timedelta | None) -> str:
    """ "UTC+5:30", for zones whose abbreviation is only a number."""
    minutes = int((offset or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def same_wall(one: ZoneInfo, other: ZoneInfo, at: datetime) -> bool:
    """Whether clocks in both zones show the same then."""
    return at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset()


def spoken_both(start: datetime, end: datetime, leading: ZoneInfo, reader: ZoneInfo, *, this_year: int | None = None) -> str:
    """The range in the leading zone, named; and in the reader's, in brackets, where its clocks differ.

    What happens in a room leads with the room's zone, all else with the reader's: the caller decides.
    """
    lead = f"{spoken_range(start, end, leading, this_year=this_year)}, {spoken_zone(leading, start, end)}"
    if same_wall(leading, reader, start) and same_wall(leading, reader, end):
        return lead
    return f"{lead} [{_in_other(start, end, leading, reader)}, {spoken_zone(reader, start, end)}]"


def _in_other(start: datetime, end: datetime, leading: ZoneInfo, reader: ZoneInfo) -> str:
    """The reader's clock times, with days only where the date there is another."""
    days = {moment.astimezone(zone).date() for moment in (start, end) for zone in (leading, reader)}
    if len(days) > 1:
        return spoken_range(start, end, reader)
    return f"{spoken_time(start.astimezone(reader))} to {spoken_time(end.astimezone(reader))}"
