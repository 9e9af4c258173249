"""One of everything that has a form, and the pages on which each role finds them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.test import Client
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
from koru.desk.inviting import invite_by_letter
from koru.moments.spans import Span
from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from koru.reminders.quick_links import signed
from koru.reminders.stopping import stop_path
from koru.safety.flags import Flag
from koru.safety.noticing import notice
from koru.safety.plan_drafts import Typed
from koru.safety.plan_drafts import save as save_plan_draft
from koru.safety.plan_picture import Choices, drawn_anew, put
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing
from koru.safety.planning import keep as keep_plan
from koru.sealing.keyring import keyring
from moodtracking.checking_in import check_in, remove
from moodtracking.given import Given
from moodtracking.measures import definitions, measuring
from moodtracking.measures.models import Assignment
from moodtracking.models import OwnItem, PickedSymptom, SetAside
from scheduling.absent import begin_absence
from scheduling.availability import AvailabilityException
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import Appointment, BookingWish
from tests.days import this_day
from tests.desk.asked import request_without_time
from tests.journaling.attachments.files import picture
from tests.moodtracking.days import told
from tests.people import ally, make_client, make_therapist
from tests.reminders.letters import due_letter
from tests.scheduling.practice import Practice, at, make_practice

from . import of_channels, of_routine, of_time

PASSWORD = "seven quiet ferns"
PROMPT = "b-three-words"
DOT = picture("PNG")


@dataclass
class World:
    pages: dict[str, list[str]]
    people: dict[str, Person | None]
    foreign: UUID
    invited: Invitation
    note: str = ""

    def browser(self, role: str) -> Client:
        """Somebody of that role, signed in; "invited" has followed their link, "noted" a note's."""
        browser = Client(raise_request_exception=True)
        person = self.people[role]
        if person:
            browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        elif role == "invited":
            browser.post(f"/invitation/{self.invited.token}/")
        elif role == "noted":
            browser.get(self.note)
        return browser


def make_world() -> World:
    practice = make_practice()
    practice.client.set_password(PASSWORD)
    practice.client.save()
    with keyring():
        pages, invited = _pages(practice)
        foreign = _foreign()
    wished = {"kind_id": "integration", "therapist": practice.therapist, "place": "video", "ask_at": timezone.now()}
    BookingWish.objects.create(client=practice.client, **wished)  # last: what is booked for somebody ends it
    people = {"visitor": None, "invited": None, "noted": None, "client": practice.client, "therapist": practice.therapist}
    return World(pages, {**people, "staff": practice.staff}, foreign, invited, _note(practice.client))


def _foreign() -> UUID:
    """An entry of somebody else's."""
    return keep(Written(text="Not yours.", title="", prompt="", share="only_me"), key=uuid4(), by=make_client()).pk


def _pages(practice: Practice) -> tuple[dict[str, list[str]], Invitation]:
    invited = invite_by_letter("fern@example.org", "Demo Fern", by=practice.staff, zone="America/New_York")
    client = _of_client(practice)  # first: others find what is there of theirs
    pages = {
        "visitor": _of_visitor(practice),
        "invited": ["/accounts/signup/"],
        "noted": ["/check-in/quick/", "/check-in/quick/kept/"],
        "client": client,
        "therapist": _of_therapist(practice),
        "staff": _of_staff(practice),
    }
    return pages, invited


def _of_visitor(practice: Practice) -> list[str]:
    talk = book_talk(kind_of_talk(), Talk(at("2026-11-27 09:00"), "phone", "Demo Ash", "ash@example.org", "UTC"), key=uuid4())
    over = invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    Invitation.objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(days=1))
    fresh = invite_by_letter("moss@example.org", "Demo Moss", by=practice.staff, zone="America/New_York")
    letter = Letter.objects.filter(kind="consultation-soon").first()
    assert letter is not None
    link = f"/consultation/{talk.token}/"
    accounts = [f"/accounts/{page}/" for page in ("login", "login/code", "password/reset")]
    links = [link, f"{link}move/", f"{link}cancel/", f"/invitation/{over.token}/", f"/invitation/{fresh.token}/"]
    return [
        "/",
        "/consultation/",
        "/help-now/",
        *links,
        *of_time.of_visitor(talk),
        *of_routine.of_visitor(practice.client),
        stop_path(letter.pk),
        *accounts,
    ]


def _of_client(practice: Practice) -> list[str]:
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
        *_together(practice.client),
        *_measures(practice),
        *sessions,
        *of_time.of_client(practice),
        *of_routine.of_client(practice.client),
        "/ask-for-help/",
        *of_channels.of_client(practice.client),
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


def _note(client: Person) -> str:
    """The link in a note that asks for a check-in."""
    return f"/check-in/quick/{signed(due_letter(client, 'check-in', due_at=timezone.now()).pk)}/"


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


def _of_therapist(practice: Practice) -> list[str]:
    AvailabilityException.objects.create(therapist=practice.therapist, what="away", on=date(2027, 2, 1))
    running = practice.book(at("2026-11-25 09:00"), "integration", by=practice.staff)
    now = Span(at("2026-11-24 11:30"), at("2026-11-24 12:20"))
    Appointment.objects.filter(pk=running.pk).update(during=now.range, padded=now.padded(running.before, running.after).range)
    record, flag = f"/care/{practice.client.pk}/", Flag.objects.get(client=practice.client)
    return [
        "/care/",
        "/care/flags/",
        f"/care/flags/{flag.pk}/",
        record,
        f"{record}brief/",
        f"{record}plan/",
        f"{record}safety-plan/write/",
        "/care/availability/",
        *of_time.of_therapist(practice),
        f"/sessions/{running.pk}/times/",
        "/settings/",
    ]


def _away(practice: Practice) -> list[str]:
    """A sick day with one to see to."""
    made = practice.book(at("2026-12-14 10:00"), "integration", by=practice.staff)
    absence = begin_absence(practice.therapist, date(2026, 12, 14), date(2026, 12, 14), by=practice.staff)
    return [f"/desk/away/{absence.pk}/", f"/desk/away/{absence.pk}/{made.pk}/"]


def _of_staff(practice: Practice) -> list[str]:
    client = practice.client
    today = Appointment.objects.get(client=client, during__startswith=at("2026-11-24 11:30"))
    newcomer = ally(make_client(), make_therapist()).client
    asked, met = (request_without_time(email=f"{state}@example.org", state=state) for state in ("new", "met"))
    ahead = Appointment.objects.filter(kind="dosing", client=client).order_by("during")[0]
    record, appointment = f"/desk/clients/{client.pk}/", f"/desk/appointments/{ahead.pk}/"
    papers = [f"{record}{page}/" for page in ("contact", "clearance", "consents/treatment", "consents/app-use")]
    booking = [f"/desk/book/?client={client.pk}&kind=integration", f"/desk/book/?request={asked.pk}"]
    changing = [
        appointment,
        f"{appointment}move/",
        f"{appointment}cancel/",
        f"{appointment}second/",
        f"/desk/appointments/{today.pk}/",
    ]
    lists = [
        "/desk/",
        "/desk/requests/",
        "/desk/clients/",
        "/desk/clients/invite/",
        f"/desk/hours/?of={practice.therapist.pk}",
        f"/desk/hours/?of={practice.clinic.pk}",
        "/desk/away/",
        *_away(practice),
    ]
    requests = [f"/desk/requests/{one.pk}/" for one in (asked, met)]
    lists += of_time.of_staff(practice, newcomer, asked)
    return [*lists, *requests, record, f"/desk/clients/{newcomer.pk}/", *papers, *booking, *changing, "/settings/"]
