"""What the content policy would stop never gets into a template; words follow the design."""

import re
from pathlib import Path

import pytest
from django.template import engines

from .sheet import ROOT

FOLDERS = [ROOT / "templates", *ROOT.glob("koru/*/templates"), *ROOT.glob("*/templates")]
# Read away from Koru, where no sheet of ours can be had: a mail, and the file of a keepsake with a policy of its own.
ALONE = {ROOT / "templates" / name for name in ("reminders/mail.html", "today/keepsake_file.html")}
FILES = sorted({file for folder in FOLDERS for file in folder.rglob("*.html") if ".venv" not in file.parts} - ALONE)
NAMES = [str(file.relative_to(ROOT)) for file in FILES]


def inline(text: str) -> list[str]:
    """Style attributes, handlers and script bodies; data blocks of JSON are no scripts."""
    text = re.sub(r"{[%#].*?[%#]}|{{.*?}}", "", text, flags=re.DOTALL)
    found = re.findall(r"<[^>]*\sstyle\s*=|<style\b|<[a-z][^>]*\son[a-z]+\s*=|javascript:", text, re.IGNORECASE)
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.IGNORECASE | re.DOTALL):
        if body.strip() and "application/json" not in attributes:
            found.append(body.strip()[:60])
    return found


def test_there_are_templates_to_look_at() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("name", NAMES)
def test_no_style_or_script_stands_inside_a_template(name: str) -> None:
    assert inline((ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_template_can_be_read_by_django(name: str) -> None:
    engines["django"].from_string((ROOT / name).read_text())


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_the_look_finds_what_it_is_for(wrong: str) -> None:
    assert inline(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_asks_another_host_for_anything(name: str) -> None:
    assert re.findall(r'<(?:link|script|img|form|iframe)\b[^>]*?="(?:https?:)?//', (ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", [name for name in NAMES if "reminders/mailbox" not in name])
def test_times_are_said_by_koru_ui_alone(name: str) -> None:
    """Machines' formats apart; the demo's mailbox tells UTC."""
    said = re.findall(r"""\|(?:date|time)(?!\w)(?::["']([^"']*))?""", (ROOT / name).read_text())
    assert set(said) <= {"Y-m-d", "Y-m", "c", "j M Y"}


def test_files_are_found_where_rooms_keep_them() -> None:
    assert Path("koru/ui/templates/koru/field.html") in [Path(name) for name in NAMES]
