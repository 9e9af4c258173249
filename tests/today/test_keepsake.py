"""The keepsake: what is in it and what isn't, on its page, in its file and on paper."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling.gathering import chosen_of, left_out_of
from journaling.intentions import rest
from journaling.keepsakes import MOST, KeepsakePart, KeepsakeWords
from journaling.models import Entry, Intention
from journaling.writing import delete
from koru.people.models import Person
from koru.people.parting import put_off
from koru.sealing.keyring import keyring
from tests.care.world import CANARY, signed_in, write
from tests.days import this_day
from tests.measures.test_outcomes import session
from tests.pdf_words import words_of
from tests.people import ally, make_client
from tests.people.goodbyes import LETTER, opened

from .keepsakes import (
    AS_PAGE,
    AS_PDF,
    AT_FIRST,
    AT_LAST,
    CHOSEN,
    FIRST_GOAL,
    GOAL,
    INTENTION,
    KEEPSAKE,
    NEVER_CHOSEN,
    PARTS,
    SECRET,
    WORDS,
    finished,
    full,
    many,
    put_in,
    saying_goodbye,
)

pytestmark = pytest.mark.django_db
OF_A_PART = {
    "intentions": (INTENTION,),
    "goals": (GOAL, FIRST_GOAL, AT_FIRST, AT_LAST),
    "words": (CHOSEN,),
    "mood": ("Mood",),
    "measures": ("18 of 27", "7 of 27"),
    "sessions": ("1 session and 1 other meeting",),
    "letter": (LETTER,),
    "to-self": ("A letter that waits for you",),
}


def page_of(client: Person) -> str:
    return text_of(signed_in(client).get(KEEPSAKE).content.decode())


def file_of(client: Person) -> str:
    return signed_in(client).post(AS_PAGE).content.decode()


def paper_of(client: Person) -> str:
    """The words of the PDF as they read, whatever its lines are."""
    return " ".join(words_of(signed_in(client).post(AS_PDF).content).split())


class Read(HTMLParser):
    """What stands in the keepsake itself, and what a file names, runs or asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = False
        self.tags: list[str] = []
        self.named: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside |= tag == "article"
        self.tags.append(tag)
        self.named += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words.append(data)


def read(html: str) -> Read:
    reader = Read()
    reader.feed(html)
    return reader


def text_of(html: str) -> str:
    return " ".join(" ".join(read(html).words).split())


def test_everything_is_in_it_but_no_word_that_was_not_chosen() -> None:
    client, therapist = full()
    put_in(client, CHOSEN)
    finished(client, therapist)
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        missing = [words for part in OF_A_PART.values() for words in part if words not in shown]
        assert not missing
        assert NEVER_CHOSEN not in shown
        assert SECRET not in shown
        assert "In between." not in shown


def test_nothing_of_the_journal_is_in_it_by_itself() -> None:
    client, _ = full()
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert CHOSEN not in shown
        assert NEVER_CHOSEN not in shown


@pytest.mark.parametrize("part", OF_A_PART)
def test_a_part_that_is_left_out_is_nowhere_and_the_rest_stays(part: str) -> None:
    client, therapist = full()
    put_in(client, CHOSEN)
    finished(client, therapist)
    answer = signed_in(client).post(PARTS, {"parts": [one for one in KeepsakePart.values if one != part]})
    assert answer.status_code == 302
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert not [words for words in OF_A_PART[part] if words in shown]
        others = (words for one, kept in OF_A_PART.items() if one != part for words in kept)
        assert not [words for words in others if words not in shown]


def test_what_goes_in_is_ticked_and_a_part_that_there_is_not_is_refused() -> None:
    client, _ = full()
    web = signed_in(client)
    ticks = [name for name, _ in read(web.get(KEEPSAKE).content.decode()).named].count("checked")
    assert ticks == len(KeepsakePart)
    web.post(PARTS, {"parts": ["goals", "mood"]})
    assert [name for name, _ in read(web.get(KEEPSAKE).content.decode()).named].count("checked") == 2
    answer = web.post(PARTS, {"parts": ["goals", "everything"]})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert left_out_of(client) == set(KeepsakePart.values) - {"goals", "mood"}


def test_sessions_are_counted_with_their_days_or_without() -> None:
    client, _ = full()
    year = str((this_day() - timedelta(days=60)).year)
    with_days = page_of(client).split("The times you came")[1]
    assert year in with_days.split("A letter that waits")[0]
    signed_in(client).post(PARTS, {"parts": ["sessions"]})
    assert page_of(client).endswith("The times you came 1 session and 1 other meeting.")


def test_the_letter_is_in_it_only_once_it_was_given() -> None:
    client, therapist = full()
    assert LETTER not in page_of(client)
    finished(client, therapist)
    assert LETTER in page_of(client)


def test_an_intention_that_rests_is_not_in_it() -> None:
    client, _ = full()
    rest(Intention.objects.get().pk, by=client)
    assert INTENTION not in page_of(client)


def test_a_paragraph_goes_in_alone_without_title_and_what_is_around_it() -> None:
    client, _ = saying_goodbye()
    with keyring():
        write(client, text="Before it.\n\nThe very words.\n\nAfter it.")
        Entry.objects.update(prompt="")
    put_in(client, "Before", "The very words.")
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert "The very words." in shown
        assert "Before it." not in shown
        assert "After it." not in shown


def changed(entry: Entry, text: str) -> None:
    with keyring():
        row = Entry.objects.get(pk=entry.pk)
        row.text = text
        row.save(update_fields=["text"])


def test_an_entry_that_was_changed_reads_as_it_is_now_and_other_words_were_never_chosen() -> None:
    client, _ = saying_goodbye()
    with keyring():
        write(client, text="All of it.")
        write(client, text="One.\n\nTwo.\n\nThree.")
    whole, part = put_in(client, "All of it."), put_in(client, "One.", "One.", "Two.")
    changed(whole, "All of it, anew.")
    changed(part, "New at the top.\n\nOne.\n\nTwo, otherwise put.\n\nThree.")
    page = page_of(client)
    assert "All of it, anew." in page
    assert "One." in page
    assert "until you choose it again" in page
    for shown in (page, text_of(file_of(client)), paper_of(client)):
        assert "otherwise put" not in shown
        assert "New at the top" not in shown
        assert "Three." not in shown
    with keyring():
        assert len(chosen_of(Entry.objects.get(pk=part.pk))) == 1


def test_an_entry_that_was_removed_leaves_it_and_comes_back_with_it() -> None:
    client, _ = full()
    entry = put_in(client, CHOSEN)
    with keyring():
        delete(entry, by=client)
    assert CHOSEN not in page_of(client)
    assert CHOSEN not in paper_of(client)
    Entry.objects.filter(pk=entry.pk).update(deleted_at=None)
    assert CHOSEN in page_of(client)
    Entry.objects.filter(pk=entry.pk).delete()
    assert not KeepsakeWords.objects.exists()


def test_a_client_with_nothing_is_told_so_gently() -> None:
    client, _ = saying_goodbye()
    page = page_of(client)
    assert "There is nothing in it yet" in page
    assert client.display_name in page
    assert "There is nothing in it yet" in paper_of(client)
    assert "Room for your words" in signed_in(client).get(WORDS).content.decode()


def test_it_asks_the_database_as_often_however_much_there_is() -> None:
    client, _ = full()
    put_in(client, CHOSEN)
    many(client, 2)
    counts = [asked(client) for _ in range(2)]
    many(client, 12)
    for days in (30, 20):
        session(client, this_day() - timedelta(days=days))
    assert asked(client) == counts[-1]
    assert sum(counts[-1]) <= 120


def asked(client: Person) -> tuple[int, ...]:
    return tuple(queries(signed_in(client), path) for path in (KEEPSAKE, WORDS, AS_PAGE, AS_PDF))


def queries(browser: Client, path: str) -> int:
    browser.get("/help-now/")
    with CaptureQueriesContext(connection) as these:
        (browser.get if path in (KEEPSAKE, WORDS) else browser.post)(path)
    return len(these)


def test_no_more_entries_go_in_than_it_holds_and_that_is_said() -> None:
    client, _ = saying_goodbye()
    with keyring():
        KeepsakeWords.objects.bulk_create(
            KeepsakeWords(client=client, entry=write(client, text="One more.")) for _ in range(MOST)
        )
        over = write(client, text="One too many.")
    answer = signed_in(client).post(f"{WORDS}{over.pk}/", {"parts": ["all"]})
    assert answer.status_code == 422
    assert "Take one out first" in answer.content.decode()
    assert KeepsakeWords.objects.count() == MOST


def test_more_than_a_pdf_holds_is_said_and_the_page_holds_it() -> None:
    client, _ = saying_goodbye()
    with keyring():
        for number in range(7):
            write(client, text=f"{number} " + "rain " * 19_000)
    for number in range(7):
        put_in(client, f"{number} ")
    answer = signed_in(client).post(AS_PDF, follow=True)
    assert "more than one PDF can hold" in answer.content.decode()
    assert signed_in(client).post(AS_PAGE)["Content-Type"].startswith("text/html")


def test_the_file_stands_alone_without_script_and_asks_nothing_of_anybody() -> None:
    client, therapist = full()
    put_in(client, CHOSEN)
    finished(client, therapist)
    html = file_of(client)
    found = read(html)
    assert not {"script", "link", "img", "iframe", "form", "a", "object", "base"} & set(found.tags)
    assert not [name for name, _ in found.named if name in ("src", "href", "style", "srcset") or name.startswith(("on", "hx-"))]
    outward = html.replace("http-equiv", "").replace("data:font/woff2;base64", "")
    assert not [word for word in ("http:", "https:", "//", "@import", "url(/", "url(..") if word in without_the_typeface(outward)]
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert found.tags.count("svg") == 3


def without_the_typeface(html: str) -> str:
    head, _, rest = html.partition('url(";base64,' if 'url(";base64,' in html else 'url(",')
    return head + rest.partition('")')[2]


@pytest.mark.parametrize(("path", "kind", "name"), [(AS_PAGE, "text/html", "html"), (AS_PDF, "application/pdf", "pdf")])
def test_a_file_says_nothing_of_whose_it_is_by_its_name_and_is_kept_nowhere(path: str, kind: str, name: str) -> None:
    client, _ = full()
    answer = signed_in(client).post(path)
    assert answer["Content-Disposition"] == f'attachment; filename="koru-keepsake.{name}"'
    assert answer["Content-Type"].startswith(kind)
    assert answer["Cache-Control"] == "no-store"
    assert client.display_name not in str(answer.headers)


def test_the_pdf_has_its_language_its_title_its_parts_and_the_charts_in_words() -> None:
    client, _ = full()
    pdf = signed_in(client).post(AS_PDF).content
    for part in (b"/Lang (en)", b"/Title (A keepsake)", b"/DisplayDocTitle true", b"/Outlines", b"/Alt (Mood,"):
        assert part in pdf


def test_whatever_was_typed_gets_onto_paper() -> None:
    client, _ = saying_goodbye()
    odd = ["שלום עולם", "مرحبا بالعالم", "🌿 and 中文", "e\u0301", "\u202eabc", "a" * 3000, "tab\there", "👩‍👩‍👧", "<b>&amp;"]
    with keyring():
        for number, words in enumerate(odd):
            write(client, text=f"{number}: {words}")
    for number in range(len(odd)):
        put_in(client, f"{number}: ")
    paper = paper_of(client)
    assert "[herb]" in paper
    assert "<b>&amp;" in paper
    assert "stands for one that this PDF can't draw" in paper
    assert "<b>" not in file_of(client)


def test_taking_it_along_says_the_step_of_words_in_ones_own_hands() -> None:
    client, therapist = full()
    ending = opened(client, therapist)
    signed_in(client).get(KEEPSAKE)
    assert not ending.steps.exists()
    signed_in(client).post(AS_PDF)
    assert ending.steps.get().name == "export"
    assert ending.steps.get().outcome == "done"


def test_somebody_with_a_password_says_once_more_who_they_are_and_comes_back() -> None:
    client, _ = full()
    client.set_password("unfurl-in-peace")
    client.save()
    web = signed_in(client)
    answer = web.post(AS_PDF)
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Fgoodbye%2Fkeepsake%2F%23take"
    assert not KeepsakeWords.objects.exists()
    back = web.post(answer["Location"], {"password": "unfurl-in-peace", "next": f"{KEEPSAKE}#take"})
    assert back["Location"] == f"{KEEPSAKE}#take"
    assert web.post(AS_PDF)["Content-Type"] == "application/pdf"


def test_before_a_goodbye_and_for_anybody_else_there_is_none() -> None:
    client, therapist = full()
    entry = put_in(client, CHOSEN)
    stranger = make_client()
    ally(stranger, therapist)
    paths = (KEEPSAKE, WORDS, f"{WORDS}{entry.pk}/", PARTS, AS_PAGE, AS_PDF)
    for person in (stranger, therapist):
        web = signed_in(person)
        assert {web.get(path).status_code for path in paths} <= {404, 405}
        assert {web.post(path).status_code for path in paths} <= {404, 405}
    put_off(opened(client, therapist), by=therapist)
    assert {signed_in(client).get(path).status_code for path in paths[:3]} == {404}


def test_it_is_there_for_good_after_the_end_and_also_for_whoever_comes_back() -> None:
    client, therapist = full()
    finished(client, therapist)
    assert signed_in(client).get(KEEPSAKE).status_code == 200
    assert KEEPSAKE in signed_in(client).get("/goodbye/").content.decode()
    ally(client, therapist, since=timezone.now())
    assert signed_in(client).get(KEEPSAKE).status_code == 200


def test_the_therapist_learns_nowhere_what_was_chosen() -> None:
    client, therapist = full()
    with keyring():
        entry = write(client, text=CANARY)
    web = signed_in(therapist)
    path = f"/care/{client.pk}/entries/{entry.pk}/"
    before = web.get(path).status_code, web.get(f"/care/{client.pk}/ending/").content.decode().count("keepsake")
    put_in(client, CANARY)
    assert (web.get(path).status_code, web.get(f"/care/{client.pk}/ending/").content.decode().count("keepsake")) == before
    assert not KeepsakeWords.objects.filter(entry__client=therapist).exists()
