"""Named lines at which a test lets a worker die at once, as by kill -9. Never in production."""

import os

from django.conf import settings

POINTS = ("after_claim", "after_handed", "after_send", "after_sent")


def stop_here(name: str) -> None:
    """Ends the process if KORU_STOP_AT names this line, and only in the demo or in tests."""
    if os.environ.get("KORU_STOP_AT") == name and (settings.KORU_DEMO or settings.KORU_GALLERY):
        os._exit(9)
