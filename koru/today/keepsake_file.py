"""The keepsake as one page that opens from disk, with no network and no script: its looks, its letters and its charts in it."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .keepsake import KeepsakeTold

LOOKS = Path(__file__).parent / "content" / "keepsake_file.css"
STATIC = Path(__file__).resolve().parents[2] / "static"


def page(told: KeepsakeTold) -> str:
    return render_to_string("today/keepsake_file.html", {"told": told, "looks": looks()})


@cache
def looks() -> SafeString:
    """The colours and strokes of the file, and then the very rules that the page has. The typeface lies in them."""
    typeface = b64encode((STATIC / "fonts" / "newsreader-koru.woff2").read_bytes()).decode()
    rules = (STATIC / "css" / "keepsake.css").read_text(encoding="utf-8")
    return SafeString(LOOKS.read_text(encoding="utf-8").replace("TYPEFACE", typeface) + rules)
