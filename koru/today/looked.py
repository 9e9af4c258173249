"""One look at a record in the words that its owner reads."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from koru.people.models import Person
from koru.privacy.models import AccessRow
from koru.ui.times import spoken_instant

ROLES = {
    "therapist": "your therapist",
    "cover": "covering for your therapist",
    "glass": "who opened it in an emergency",
    "lead": "who stands in for your therapist",
    "staff": "the practice desk",
}
ACTS = {
    "timeline": "opened your timeline",
    "brief": "opened your brief before a meeting",
    "brief read": "marked your brief as read",
    "charts": "looked at your lines over time",
    "entry": "opened an entry you share",
    "passage": "opened a passage you gave them",
    "read said": "said to you that they read what you share",
    "read taken back": "took back that they read something",
    "connection list": "looked whether you share how a meeting was",
    "connection guessed": "guessed how a meeting was for you, before seeing what you said",
    "connection shown": "chose to see how a meeting was for you, without guessing first",
    "connection": "opened what you said of a meeting",
    "attachment": "opened a recording or a picture you share",
    "goals": "opened what you work towards",
    "early signs": "opened your early signs",
    "agreed": "opened what the two of you agreed",
    "agreed changed": "wrote in what the two of you agreed",
    "goodbye": "opened the page of your goodbye",
    "goodbye changed": "prepared your goodbye with you",
    "goodbye said": "said goodbye: your record is closed to them since then",
    "notes": "opened their own notes about your work together",
    "note written": "wrote in their own notes about your work together",
    "note handed over": "read a note that was left for them about your work together",
    "plan": "opened the plan of your check-in",
    "plan changed": "changed what your check-in asks about",
    "flag": "opened what you were told somebody looks at",
    "flag seen": "noted that they have seen it",
    "flag noted": "noted what was done about it",
    "flag closed": "noted what was done about it, and closed it",
    "safety plan": "opened your safety plan",
    "safety plan changed": "wrote in your safety plan with you",
    "desk": "opened your contact data and appointments",
    "booking": "opened your appointments to book or change one",
    "time held": "held a time for you for some minutes",
    "course proposed": "planned several dates for you",
    "course let go": "took back dates planned for you",
    "integration waived": "noted that a session goes without its integration meeting",
    "course booked": "booked several appointments with you",
    "appointment": "booked an appointment with you",
    "time offered": "held an earlier time for you",
    "appointment opened": "opened one of your appointments",
    "appointment moved": "moved an appointment of yours",
    "appointment cancelled": "cancelled an appointment of yours",
    "appointment handed over": "gave an appointment of yours to another therapist",
    "appointment called about": "called you about an appointment",
    "appointment kept as it is": "said that an appointment of yours stays as it is",
    "arrival noted": "noted when you came",
    "appointment times": "put the times of an appointment right",
    "appointment started": "noted that an appointment began",
    "appointment ended": "noted that an appointment ended",
    "appointment missed": "noted that an appointment did not take place",
    "way home noted": "noted who takes you home",
    "consent recorded": "recorded that you consent",
    "consent withdrawn": "recorded that you take a consent back",
    "clearance recorded": "recorded your prescriber's word",
    "contact changed": "changed your contact data",
    "glass broken": "opened your record for four hours; the reason stands here too",
    "glass looked at": "looked at why your record was opened in an emergency",
    "cover given": "said who covers for your therapist",
    "cover ended": "said that covering is over",
    "therapist begins": "noted who works with you from now on",
    "therapist ends": "noted who no longer works with you",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who, in which role, did what, and when by the reader's clock."""

    name: str
    role: str
    what: str
    when: str
    link: str


def told(row: AccessRow, reader: Person) -> Told:
    return Told(
        name=row.actor.display_name,
        role=ROLES.get(row.role, row.role),
        what=ACTS.get(row.act, row.act),
        when=spoken_instant(row.at, ZoneInfo(reader.zone), this_year=row.at.year),
        link=f"/journal/{row.about}/" if row.act == "entry" else "",
    )
