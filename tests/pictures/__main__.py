"""`make pictures`: starts a demo, walks every page that links reach, and lays phone, dark phone and desk side by side."""

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright

from koru.stack.ports import next_free
from tests.chromium import find, flags
from tests.journeys.pages import found, own, shape
from tests.journeys.people import DESK, PHONE, Seats
from tests.journeys.stack import living_stack

ROOT = Path(__file__).resolve().parents[2]
SHELF = ROOT / "docs" / "pictures"
ROLES = {"": "Anyone", "client": "Client", "therapist": "Therapist", "staff": "Desk"}
NOT_OURS = re.compile(r"^/(accounts|demo)/")
GAP, PAPER, TALLEST = 16, (238, 231, 217), 1500
Views = list[tuple[str, dict[str, object]]]
VIEWS: Views = [
    ("phone", {"viewport": PHONE, "color_scheme": "light"}),
    ("phone, dark", {"viewport": PHONE, "color_scheme": "dark"}),
    ("desk", {"viewport": DESK, "color_scheme": "light"}),
]


def shot(context: BrowserContext, path: str) -> Image.Image:
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    wide, high, whole = page.evaluate("[innerWidth, innerHeight, document.documentElement.scrollHeight]")
    page.set_viewport_size({"width": wide, "height": min(max(high, whole), TALLEST)})  # the bar below is below, not in the middle
    picture = Image.open(BytesIO(page.screenshot(type="png"))).convert("RGB")
    page.close()
    return picture


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Halved, on paper."""
    small = [picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS) for picture in pictures]
    width = sum(picture.width for picture in small) + GAP * (len(small) + 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in small) + 2 * GAP), PAPER)
    at = GAP
    for picture in small:
        sheet.paste(picture, (at, GAP))
        at += picture.width + GAP
    return sheet


def name_of(role: str, path: str) -> str:
    """A file's name from the shape of an address; ids are left out."""
    words = re.sub(r"[^a-z]+", "-", shape(path).lower()).strip("-")
    return f"{role or 'anyone'}-{words or 'home'}"


def pages_of(seats: Seats, role: str) -> list[str]:
    with seats.of(role) as context:
        paths = own(context, role) if role else list(found(context, role))
    return [path for path in paths if not NOT_OURS.search(path)]


def take(seats: Seats, role: str, paths: list[str]) -> list[tuple[str, str]]:
    """Name and path of each picture taken."""
    taken: dict[str, list[Image.Image]] = {path: [] for path in paths}
    for _, how in VIEWS:
        with seats.of(role, **how) as context:
            for path in paths:
                taken[path].append(shot(context, path))
    lines: dict[str, str] = {}
    for path, pictures in taken.items():
        name = name_of(role, path)
        side_by_side(pictures).save(SHELF / f"{name}.webp", quality=72, method=6)
        lines[name] = path
    return list(lines.items())


def main() -> None:
    shutil.rmtree(SHELF, ignore_errors=True)
    SHELF.mkdir(parents=True)
    words = ["# Pictures of each page", "", "Phone, dark phone and desk, from `make demo`. Taken by `make pictures`.", ""]
    with sync_playwright() as playwright, living_stack(next_free(23000)) as stack:
        browser = playwright.chromium.launch(executable_path=find(), args=flags())
        seats = Seats(browser, stack)
        for role, title in ROLES.items():
            words += [f"## {title}", ""]
            for name, path in take(seats, role, pages_of(seats, role)):
                said = shape(path).split("?")[0]
                words += [f"### `{said}`", "", f"![{title}: {said}](pictures/{name}.webp)", ""]
        browser.close()
    (ROOT / "docs" / "pictures.md").write_text("\n".join(words).rstrip() + "\n")
    sys.stdout.write(f"{len(list(SHELF.iterdir()))} pictures\n")


if __name__ == "__main__":
    main()
