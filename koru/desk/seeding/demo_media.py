"""A drawing beside one entry of the demo's client: a path by the water, drawn here."""

from io import BytesIO

from PIL import Image, ImageDraw

from journaling.attachments.adding import attach
from journaling.attachments.models import Attachment
from journaling.attachments.things import DRAWING, made_of
from journaling.models import Entry
from koru.moments.ids import new_id
from koru.people.models import Person

PAPER, SIZE, PEN = "#fffdf8", (1200, 900), 14
WORDS = "A long green line like a path, and a round violet lake beside it."
PATH = [(120, 780), (260, 640), (330, 560), (470, 520), (600, 540), (700, 480), (760, 380), (880, 300), (1060, 240)]
LAKE = [(640, 640), (1010, 820)]
SUN = [(150, 110), (290, 250)]


def add_drawing(client: Person) -> None:
    """One drawing, with the newest entry that the client shares."""
    entry = Entry.objects.written_by(client).exclude(share="only_me").first()
    if entry is None:
        return
    data = _drawing()
    made = attach(entry, made_of(DRAWING, data, len(data)), WORDS, key=new_id(), by=client)
    Attachment.objects.filter(pk=made.pk).update(at=entry.at, apart=False)


def _drawing() -> bytes:
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.line(PATH, fill="#2c6646", width=PEN, joint="curve")
    pen.ellipse(LAKE, outline="#524c80", width=PEN)
    pen.arc([(700, 690), (940, 780)], 200, 340, fill="#524c80", width=PEN // 2)
    pen.ellipse(SUN, fill="#d9a928")
    into = BytesIO()
    sheet.save(into, "PNG")
    return into.getvalue()
