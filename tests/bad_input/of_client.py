"""The pages of a client with one of everything that has a form."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from journaling import library, walking
from journaling.attachments.adding import attach
from journaling.attachments.adding import remove as take_out
from journaling.attachments.models import Attachment
from journaling.attachments.things import made_of
from journaling.held import Passage
from journaling.holding import hold
from journaling.letters_to_self import seal_for_later
from journaling.models import Assigned, Draft, Entry, Intention, PromptSkip
from journaling.passages import mark
from journaling.searching import look_for
from journaling.tags import tag_with
from journaling.walking import Said
from journaling.writing import Written, delete, keep
from koru.people.models import Person
from koru.safety.noticing import notice
from koru.safety.plan_drafts import Typed
from koru.safety.plan_drafts import save as save_plan_draft
from koru.safety.plan_picture import Choices, drawn_anew, put
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing
from koru.safety.planning import keep as keep_plan
from moodtracking.checking_in import check_in, remove
from moodtracking.given import Given
from moodtracking.measures import definitions, measuring
from moodtracking.measures.models import Assignment
from moodtracking.models import OwnItem, PickedSymptom, SetAside
from tests.days import this_day
from tests.journaling.attachments.files import picture
from tests.moodtracking.days import told
from tests.scheduling.practice import Practice, at

from . import (
    of_agreed,
    of_channels,
    of_connection,
    of_goals,
    of_goodbyes,
    of_keeping,
    of_practices,
    of_quiet,
    of_rights,
    of_routine,
    of_time,
)

PROMPT = "b-three-words"
DOT = picture("PNG")


def of_client(practice: Practice) -> list[str]:
    entry = keep(Written(text="Some words.", title="A title", prompt="", share="only_me"), key=uuid4(), by=practice.client)
    noted = check_in(Given({"mood": 1}, note="A note."), by=practice.client, key=uuid4()).pk
    session = practice.book(at("2026-12-16 10:00")).pk
    PickedSymptom.objects.create(client=practice.client, slug="panic", place=1, picked_by=practice.therapist)
    _agreed(practice)
    Draft.objects.create(client=practice.client, key=uuid4(), title="", text="Half a", saved_at=timezone.now())
    _planned(practice.client)
    skip = PromptSkip.objects.create(client=practice.client, prompt=PROMPT, what="never", at=timezone.now()).pk
    gone = keep(Written(text="Let go.", title="", prompt="", share="only_me"), key=uuid4(), by=practice.client)
    delete(gone, by=practice.client)
    check_in(Given({"mood": -1}, held=True), by=practice.client, key=uuid4())
    let_go = check_in(Given({"mood": 2}), by=practice.client, key=uuid4())
    remove(let_go, by=practice.client)
    own, undo = f"/journal/{entry.pk}/", [f"/journal/?skipped={skip}", f"/journal/?deleted={gone.pk}"]
    otherwise = ["/journal/new/say/", f"{own}add/draw/", *_with(entry, practice.client)]
    journal = ["/journal/", "/journal/new/", f"/journal/new/?prompt={PROMPT}", *undo, own, f"{own}edit/"]
    noting = [
        "/check-in/",
        f"/check-in/?removed={let_go.pk}",
        "/check-in/after/",
        "/check-in/items/",
        "/check-in/raise/",
        *(f"/check-in/{noted}/{page}" for page in ("", "edit/", "note/")),
    ]
    sessions = [
        "/sessions/",
        "/sessions/book/?kind=integration",
        *(f"/sessions/{session}/{page}" for page in ("", "move/", "cancel/")),
    ]
    return [
        "/today/",
        *TAKEN_ALONG,
        *journal,
        *otherwise,
        *noting,
        *_walks(entry, practice.client),
        *_finding(entry, practice.client),
        *_asked_again(entry, practice),
        "/trends/",
        *of_practices.of_client(practice),
        *_together(practice.client),
        *_measures(practice),
        *sessions,
        *of_time.of_client(practice),
        *of_agreed.of_client(practice),
        *of_connection.of_client(practice),
        *of_goals.of_client(practice),
        *of_goodbyes.of_client(practice),
        *of_keeping.of_client(practice),
        *of_routine.of_client(practice.client),
        "/ask-for-help/",
        *of_channels.of_client(practice.client),
        *of_quiet.of_client(practice.client),
        *of_rights.of_client(practice.client),
        *_flags(practice),
        "/settings/",
        "/settings/who-looked/",
        *ACCOUNT,
    ]


def _together(client: Person) -> list[str]:
    """Enough days for a question about what went together, and one set aside."""
    for back in range(20):
        tags = ["outside"] if back % 2 else []
        told(client, {"mood": 2 if back % 2 else -1}, at=timezone.now() - timedelta(days=back, minutes=1), tags=tags)
    SetAside.objects.create(client=client, code="0" * 16)
    return [f"/trends/{way}/" for way in ("days", "sessions", "together")]


def _with(entry: Entry, client: Person) -> list[str]:
    """A drawing beside an entry, one that waits to be shared, and one that was taken out."""
    data = picture()
    drawing = made_of("drawing", data, len(data))
    here, apart, out = (attach(entry, drawing, "A line.", key=uuid4(), by=client) for _ in range(3))
    Attachment.objects.filter(pk=apart.pk).update(apart=True)
    take_out(out, by=client)
    return [f"/journal/with/{here.pk}/", f"/journal/{entry.pk}/?removed={out.pk}"]


def _finding(entry: Entry, client: Person) -> list[str]:
    """All pages of finding again and of giving a part, with one of each thing on them."""
    tag_with(entry, ["lake"], by=client)
    mark(entry, "Some words.", key=uuid4(), by=client)
    hold(entry, by=client)
    letter = seal_for_later("To come.", this_day() + timedelta(days=30), by=client, key=uuid4())
    shared = keep(Written("Shared words.", share="my_therapist"), key=uuid4(), by=client)
    found = look_for("words", by=client)
    own, journal = f"/journal/{entry.pk}/", "/journal/"
    at_last = [f"{journal}letters/{page}" for page in ("", "new/", f"{letter.pk}/", f"{letter.pk}/open/")]
    seeking = [f"{journal}search/", f"{journal}search/{found.pk}/", f"{journal}tags/", f"{journal}calendar/", f"{journal}raise/"]
    return [f"{own}passage/", f"{own}tags/", f"{journal}{shared.pk}/", *seeking, *at_last]


def _asked_again(entry: Entry, practice: Practice) -> list[str]:
    """A passage that was wished for too soon, words of a month ago, and an entry with nothing said of it."""
    client, now = practice.client, timezone.now()
    waiting = mark(entry, "words.", key=uuid4(), by=client)
    Passage.objects.filter(pk=waiting.pk).update(shared_at=None, ask_at=now)
    old, quiet = (keep(Written(words), key=uuid4(), by=client) for words in ("Back then.", "Nothing said of this."))
    month = timedelta(days=31)
    Entry.objects.filter(pk=old.pk).update(local_date=this_day() - month, at=now - month)
    return [f"/journal/{quiet.pk}/"]


def _walks(entry: Entry, client: Person) -> list[str]:
    """A guide begun, with words kept at its first step and typed at the second; two intentions, one of which rests."""
    prompts = library.load().prompts
    walk = walking.begin("feeling-safe", by=client)
    walking.say(walk, Said(1, prompts["b-comfort-list"], "A blanket.", uuid4()), by=client)
    tapped = walking.begin("soft-landing", by=client)
    for resting in (None, timezone.now()):
        Intention.objects.create(client=client, entry=entry, text="Soft.", said_at=timezone.now(), resting_at=resting)
    steps = [f"/journal/walks/{walk.pk}/{step}/" for step in (1, 2)] + [
        f"/journal/walks/{tapped.pk}/{step}/" for step in (1, 3, 4)
    ]
    ways = [f"/journal/walks/{tapped.pk}/4/with/{way}/" for way in ("draw", "say")]
    guides = ["/journal/guides/", "/journal/guides/soft-landing/", *steps, f"/journal/walks/{walk.pk}/kept/"]
    return [*guides, *ways, "/journal/intention/"]


def _planned(client: Person) -> None:
    """A safety plan, and something typed for it that isn't kept yet."""
    words = {"signs": (PlanLine("A line"),), "people": (PlanLine("Demo Ash", "+1 212 555 0123"),)}
    keep_plan(client, Writing(words, 0, uuid4()), by=client)
    put(client, drawn_anew(DOT, len(DOT)), Choices("A boat"), by=client)
    save_plan_draft(client, Typed({"signs": (PlanLine("Half a"),)}, uuid4(), base=1), by=client)


TAKEN_ALONG = ["/safety-plan/", "/safety-plan/edit/", "/safety-plan/picture/", "/journal/carry/", "/journal/carry/back/"]
ACCOUNT = [f"/accounts/{page}/" for page in ("password/change", "reauthenticate", "2fa", "sessions", "logout")]


def _agreed(practice: Practice) -> None:
    """A question that each suggested, one thing to write about, one measure."""
    both = {"client": practice.client}
    for place, by in enumerate((practice.client, practice.therapist), 1):
        OwnItem.objects.create(**both, words=f"Demo question {place}?", scale="count", place=place, proposed_by=by, key=uuid4())
    Assigned.objects.create(**both, kind="question", question="Demo question?", assigned_by=practice.therapist, key=uuid4())
    today = this_day()
    Assignment.objects.create(
        **both, measure="gad-7", form="standard", schedule="monthly", begins_on=today, assigned_by=practice.therapist
    )


def _measures(practice: Practice) -> list[str]:
    """One that is due, one half filled in, and one that is done."""
    client, today = practice.client, this_day()
    for slug in ("phq-9", "pcl-5"):
        form = definitions.load()[slug].first_form
        Assignment.objects.create(
            client=client, measure=slug, form=form, schedule="monthly", begins_on=today, assigned_by=practice.therapist
        )
    measuring.begin("phq-9", by=client, key=uuid4(), one_by_one=True)
    done = measuring.begin("gad-7", by=client, key=uuid4())
    measuring.answer(done.pk, "1", 1, by=client)
    measuring.finish(done.pk, by=client)
    items = [f"/measures/phq-9/?at={number}" for number in (1, 11)]
    return ["/measures/", *items, "/measures/pcl-5/", f"/measures/kept/{done.pk}/"]


def _flags(practice: Practice) -> list[str]:
    """The page with help, after an answer that asked for it."""
    (flag,) = notice(practice.client, {"phq-9.item.9": 1}, about=None, by=practice.client)
    return [f"/help-first/{flag.pk}/?back=/check-in/"]
