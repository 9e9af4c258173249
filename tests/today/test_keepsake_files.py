"""The keepsake as a file: it stands alone, its name says nothing of whose it is, and it is asked who takes it."""

import re

import pytest

from journaling.keepsakes import KeepsakeWords
from koru.sealing.keyring import keyring
from koru.today.keepsake_file import LOOKS, STATIC
from tests.care.world import signed_in, write
from tests.people.goodbyes import opened
from tests.ui.sheet import HEX, schemes

from .keepsake_reading import file_of, paper_of, read
from .keepsakes import AS_PAGE, AS_PDF, CHOSEN, KEEPSAKE, finished, full, put_in, saying_goodbye

pytestmark = pytest.mark.django_db


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


def test_the_file_has_the_colours_of_the_pages_in_light_and_in_dark() -> None:
    screen = LOOKS.read_text().split("@media print")[0]
    light, dark = (dict(HEX.findall(part)) for part in screen.split("prefers-color-scheme: dark"))
    pages = schemes()
    assert light.items() <= pages["light"].items()
    assert dark.items() <= pages["dark"].items()
    used = set(re.findall(r"var\(--([\w-]+)\)", (STATIC / "css" / "keepsake.css").read_text()))
    assert used <= set(re.findall(r"--([\w-]+):", screen)), "each that its rules name is in the file"
