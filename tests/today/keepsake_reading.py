"""What a keepsake says: its page, its file, its paper."""

from html.parser import HTMLParser

from koru.people.models import Person
from tests.care.world import signed_in
from tests.pdf_words import words_of

from .keepsakes import AS_PAGE, AS_PDF, KEEPSAKE


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
