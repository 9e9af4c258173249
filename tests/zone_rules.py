"""An update of the clocks' rules, as one of tzdata brings it."""

import shutil
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo


@contextmanager
def new_york_as_halifax(folder: Path) -> Iterator[Callable[[], None]]:
    """From when it is called New York keeps the clocks of Halifax, an hour ahead; until the end of the block."""
    before = zoneinfo.TZPATH

    def come() -> None:
        (folder / "America").mkdir()
        with resources.as_file(resources.files("tzdata") / "zoneinfo" / "America" / "Halifax") as halifax:
            shutil.copy(halifax, folder / "America" / "New_York")
        zoneinfo.reset_tzpath(to=[str(folder)])
        ZoneInfo.clear_cache()

    try:
        yield come
    finally:
        zoneinfo.reset_tzpath(to=before)
        ZoneInfo.clear_cache()
