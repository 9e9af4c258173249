"""The way back to exactly where somebody was: a path of Koru's own, whatever an address says."""

HOME = "/today/"
LONGEST = 300


def own_path(back: str) -> str:
    """The path if it is one of ours, else the first page. Never another site, never a script."""
    odd = len(back) > LONGEST or not back.isprintable() or "\\" in back
    if odd or not back.startswith("/") or back.startswith("//"):
        return HOME
    return back
