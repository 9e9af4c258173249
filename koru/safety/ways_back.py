"""The way back to exactly where somebody was: a path of Koru's own, whatever an address says."""

from urllib.parse import urlsplit

HOME = "/today/"
LONGEST = 300


def own_path(back: str) -> str:
    """The path if it is one of ours, else the first page. Never another site, never a script."""
    parts = urlsplit(back) if len(back) <= LONGEST and back.isprintable() else urlsplit("")
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return back if ours and "\\" not in back else HOME
