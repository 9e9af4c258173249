"""Everything that Koru holds about a client, by kind: what goes into their copy, what doesn't, and what stays once erased.

A model with a way to a client that stands in neither list fails tests/rights/test_nothing_is_forgotten.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from koru.people.models import Person

TECHNICAL = frozenset({
    "key", "token", "token_hash", "revision", "password", "claimed_by", "lease_until", "dedupe_key", "hash", "prev",
    "attempts", "try_at", "is_superuser", "is_lead", "padded", "words_hash",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One kind of thing in the copy. `path` leads from it to the client; `only` and `when` narrow what they see of it.

    `kept`: why it stays when its client is erased, without names by then. Empty: it goes.
    """

    model: str
    title: str
    path: str = "client"
    order: str = "pk"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    when: Mapping[str, Any] | None = None
    kept: str = ""

    @property
    def name(self) -> str:
        """ "journaling-entry", the name of its table among the files."""
        return self.model.lower().replace(".", "-")

    @property
    def kind(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows(self, client: Person) -> "models.QuerySet[Any]":
        found = self.kind._default_manager.filter(**{self.path: client.pk}, **(self.when or {}))
        return found.order_by(*self.order.split(), "pk")

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        """Those that are shown, in their own order."""
        return [field for field in self.kind._meta.concrete_fields if self._shows(field.name)]

    def _shows(self, name: str) -> bool:
        if self.only:
            return name in self.only
        return name not in TECHNICAL and name not in self.without and name != self.path


TIMES = "the clinic has to say whom it met when; the times stay, without a name"
PAPERS = "the clinic has to show what was agreed to; it stays, without a name"
WHO_COULD = "who could read a record when belongs to the access log; it stays, by ids alone"

PARTS: tuple[Part, ...] = (
    Part(model="people.Person", title="About you", path="pk", kept="the row stays, emptied: what is kept by law hangs on its id"),
    Part(model="account.EmailAddress", title="Addresses you sign in with", path="user"),
    Part(model="people.EmergencyContact", title="Whom the clinic may call"),
    Part(model="people.Invitation", title="Your invitation", path="accepted_by",
         only=("email", "name", "made_at", "accepted_at")),
    Part(model="journaling.Entry", title="What you wrote", order="at"),
    Part(model="journaling.EntryPart", title="What you wrote, step by step", order="kept_at"),
    Part(model="journaling.EntryRevision", title="Earlier versions of what you wrote", order="until"),
    Part(model="journaling.Tag", title="Your own tags"),
    Part(model="journaling.Tagging", title="Which entry has which tag", path="entry__client"),
    Part(model="attachments.Attachment", title="Recordings, drawings and photos", order="at"),
    Part(model="journaling.Draft", title="Drafts", order="saved_at"),
    Part(model="journaling.LetterToSelf", title="Letters to yourself", order="made_at"),
    Part(model="journaling.Intention", title="Intentions", order="said_at"),
    Part(model="journaling.Passage", title="Passages you marked", order="made_at"),
    Part(model="journaling.Raised", title="What you would rather raise yourself", order="made_at"),
    Part(model="journaling.Goal", title="Goals", order="made_at"),
    Part(model="journaling.GoalBefore", title="Goals as they were before", order="until"),
    Part(model="journaling.Whereabouts", title="Where you stood with a goal", order="at"),
    Part(model="journaling.Keepsake", title="What stays out of your keepsake"),
    Part(model="journaling.KeepsakeWords", title="What goes into your keepsake", order="chosen_at"),
    Part(model="journaling.Walk", title="Guides you went through", order="started_at"),
    Part(model="journaling.Assigned", title="Questions and guides you were offered", order="assigned_at"),
    Part(model="journaling.Depth", title="How deep questions may go"),
    Part(model="journaling.PromptSkip", title="Questions you passed over", order="at"),
    Part(model="journaling.Search", title="What you searched for", order="at"),
    Part(model="journaling.Heard", title="What your therapist heard in it", order="at"),
    Part(model="journaling.ShareChange", title="When you shared or took back", path="entry__client", order="at"),
    Part(model="journaling.ShareWish", title="What waits to be shared", path="entry__client"),
    Part(model="moodtracking.CheckIn", title="Check-ins", order="at"),
    Part(model="moodtracking.OwnItem", title="Questions of your own", order="proposed_at"),
    Part(model="moodtracking.PickedSymptom", title="What you watch", order="picked_at"),
    Part(model="moodtracking.SetAside", title="Questions you set aside", order="at"),
    Part(model="measures.Assignment", title="Measures you were asked for", order="assigned_at"),
    Part(model="measures.Response", title="Measures you filled in", order="started_at"),
    Part(model="measures.Brought", title="Measures you brought along", order="at"),
    Part(model="connection.ConnectionCheckIn", title="How a meeting was for you", order="at"),
    Part(model="connection.ConnectionDraft", title="How a meeting was, unfinished", order="saved_at"),
    Part(model="connection.Guess", title="How your therapist guessed it was", order="at"),
    Part(model="practices.PracticeDone", title="Practices you did", order="at"),
    Part(model="practices.PracticePick", title="Practices picked for you", order="picked_at"),
    Part(model="practices.PracticeAside", title="Practices you set aside", order="at"),
    Part(model="practices.PracticeChoices", title="Choices about practices"),
    Part(model="scheduling.Appointment", title="Appointments", order="during", without=("request",), kept=TIMES),
    Part(model="scheduling.AppointmentChange", title="What changed about appointments", path="appointment__client",
         order="at", kept=TIMES),
    Part(model="scheduling.ConsultationRequest", title="Your first request", order="made_at",
         only=("name", "email", "phone", "note", "zone", "state", "made_at"), kept=TIMES),
    Part(model="scheduling.AgreedLine", title="What was agreed", order="made_at"),
    Part(model="scheduling.AgreedChange", title="What became of what was agreed", order="at"),
    Part(model="scheduling.Routine", title="Routines", order="made_at"),
    Part(model="scheduling.RoutineMark", title="Days of routines", order="day"),
    Part(model="scheduling.RoutineChange", title="How routines changed", order="at"),
    Part(model="scheduling.RoutineChoice", title="Choices about routines"),
    Part(model="scheduling.WeekWord", title="Words for a week", order="week"),
    Part(model="scheduling.TrustedPerson", title="Who takes you home"),
    Part(model="scheduling.ChecklistTick", title="What you ticked before a session", order="at"),
    Part(model="scheduling.Course", title="Courses of sessions", order="proposed_at"),
    Part(model="scheduling.CourseDate", title="Dates of courses", path="course__client"),
    Part(model="scheduling.BookingWish", title="What you wished to book"),
    Part(model="scheduling.SoonerWish", title="Whether something sooner suits you", order="made_at", without=("request",)),
    Part(model="scheduling.SoonerOffer", title="Sooner times you were offered", path="wish__client", order="made_at"),
    Part(model="scheduling.CalendarFeed", title="Your calendar address", path="person"),
    Part(model="care.AddedLine", title="Lines you added to a brief", order="said_at"),
    Part(model="safety.SafetyPlan", title="Your safety plan"),
    Part(model="safety.PlanVersion", title="Versions of your safety plan", order="number"),
    Part(model="safety.PlanDraft", title="Safety plan, unfinished", when={"by__role": "client"}, order="saved_at"),
    Part(model="safety.PlanPicture", title="Picture of your safety plan", without=("data",)),
    Part(model="safety.Flag", title="When you asked for somebody, or an answer did", order="raised_at",
         only=("raised_at", "state", "answers", "call_words", "call_asked_at", "closed_at")),
    Part(model="safety.QuietChoice", title="Choices about quiet weeks"),
    Part(model="safety.QuietHello", title="Hellos in quiet weeks", order="said_at"),
    Part(model="safety.KeepingLine", title="Your list for keeping well", order="made_at"),
    Part(model="safety.SignSeen", title="Weeks in which a sign was there", order="week"),
    Part(model="safety.KeepingChoice", title="Who reads your early signs"),
    Part(model="people.Consent", title="What you agreed to", order="given_at", kept=PAPERS),
    Part(model="people.Clearance", title="Clearances", order="recorded_at", kept=PAPERS),
    Part(model="people.Alliance", title="Who works with you", order="since", kept=WHO_COULD),
    Part(model="people.Cover", title="Who covered", order="given_at"),
    Part(model="people.BrokenGlass", title="Opened in an emergency", order="opened_at"),
    Part(model="people.Stage", title="Where the two of you were", order="since"),
    Part(model="people.Spacing", title="Meeting less often, as proposed", order="proposed_at"),
    Part(model="people.SoonerAsk", title="When you asked to come sooner", order="at"),
    Part(model="people.Ending", title="Goodbyes", order="opened_at"),
    Part(model="people.EndingStep", title="Steps of a goodbye", path="ending__client", order="at"),
    Part(model="people.Farewell", title="Your therapist’s letter", when={"ending__ended_at__isnull": False}),
    Part(model="reminders.Letter", title="Letters to you", path="to", order="due_at",
         only=("id", "kind", "channel", "due_at", "sent_at", "withdrawn_at", "read_at")),
    Part(model="reminders.Preferences", title="How you like to be written to", path="person"),
    Part(model="reminders.FewerNotes", title="Fewer notes", order="suggested_at"),
    Part(model="reminders.OptOut", title="Notes you stopped", path="person", order="since"),
    Part(model="reminders.TextNumber", title="Numbers for texts", path="person", order="given_at",
         only=("number", "given_at", "verified_at", "stopped_at", "ended_at")),
    Part(model="reminders.Device", title="Devices that show notes", path="person", only=("let_in_at",)),
    Part(model="usersessions.UserSession", title="Where you are signed in", path="user",
         only=("created_at", "ip", "last_seen_at", "user_agent")),
    Part(model="privacy.Correction", title="What you asked to be put right", order="asked_at"),
    Part(model="privacy.Export", title="Copies you asked for", order="asked_at", only=("state", "asked_at", "ready_at")),
    Part(model="privacy.Erasure", title="When you asked to be erased", order="asked_at",
         only=("asked_at", "due_at", "taken_back_at"), kept="that and when it was done, by ids alone"),
    Part(model="privacy.LegalHold", title="What held an erasing up", order="at"),
    Part(model="privacy.AccessRow", title="Who looked", order="seq",
         kept="the list can’t be changed, by anyone; it names ids alone"),
)  # fmt: skip

ON_REQUEST = "a therapist’s own notes; the practice gives them on request"
HANDLING = "how the clinic handled it; the practice gives it on request"
NO_WORDS = "holds nothing but a link between rows that are there"
MACHINE = "a secret or a mark that machines need, which would open something"

LEFT_OUT: dict[str, str] = {
    "care.Note": ON_REQUEST,
    "care.NoteVersion": ON_REQUEST,
    "care.Typed": ON_REQUEST,
    "safety.FlagStep": HANDLING,
    "scheduling.RequestNote": HANDLING,
    "scheduling.StaysAsItIs": HANDLING,
    "scheduling.Affected": HANDLING,
    "scheduling.Presence": "the time of an appointment once more, as the database keeps people from being in two places",
    "scheduling.WallTold": "the time of an appointment once more, as clocks showed it",
    "journaling.DraftKey": MACHINE,
    "journaling.Rested": NO_WORDS,
    "attachments.Chunk": "the bytes themselves: they lie in the folder media",
    "account.EmailConfirmation": MACHINE,
    "mfa.Authenticator": MACHINE,
    "admin.LogEntry": "what an admin did; a client has no such rows",
    "reminders.AskingPause": NO_WORDS,
    "reminders.CodeAsked": MACHINE,
    "reminders.Hush": "the quiet day after a session, once more",
    "reminders.Texted": MACHINE,
    "privacy.ParkedForm": "sealed under a key that only the writer’s browser holds; gone after a day",
    "privacy.ExportPiece": "the copy itself",
}


def way(label: str) -> str:
    """How a row of a kind leads to its client, as a look-up."""
    known = next((part.path for part in PARTS if part.model == label), None)
    return known or WAYS[label]


WAYS: dict[str, str] = {
    "care.Note": "client",
    "care.NoteVersion": "client",
    "care.Typed": "client",
    "safety.FlagStep": "client",
    "scheduling.RequestNote": "request__client",
    "scheduling.StaysAsItIs": "appointment__client",
    "scheduling.Affected": "appointment__client",
    "scheduling.Presence": "appointment__client",
    "scheduling.WallTold": "appointment__client",
    "journaling.DraftKey": "client",
    "journaling.Rested": "entry__client",
    "attachments.Chunk": "attachment__client",
    "account.EmailConfirmation": "email_address__user",
    "mfa.Authenticator": "user",
    "admin.LogEntry": "user",
    "reminders.AskingPause": "person",
    "reminders.CodeAsked": "person",
    "reminders.Hush": "person",
    "reminders.Texted": "person",
    "privacy.ParkedForm": "person",
    "privacy.ExportPiece": "client",
}
STAYS = frozenset({"scheduling.Presence", "scheduling.WallTold"})  # the database writes them beside each appointment


def erased() -> Iterator[tuple[type[models.Model], str]]:
    """Every kind of thing that goes with its client, and the way to them."""
    kept = {part.model for part in PARTS if part.kept} | STAYS
    for label in (*(part.model for part in PARTS), *LEFT_OUT):
        if label not in kept:
            yield apps.get_model(label), way(label)
