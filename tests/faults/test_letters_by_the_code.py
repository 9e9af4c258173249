"""What the code may not do with time: keep it in Celery's messages, or speak to Celery from a page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted(file for room in ("koru", "journaling", "moodtracking", "scheduling") for file in (ROOT / room).rglob("*.py"))
SPEAKING = {"delay", "apply_async", "send_task"}
SPEAKERS = {
    "koru/reminders/tasks.py",
    "koru/reminders/poking.py",
    "koru/rights/poking.py",
    "scheduling/tasks.py",
}  # the last: a message a calendar


def calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_time_is_kept_in_a_message_and_only_the_outbox_speaks_to_celery(file: Path) -> None:
    for call in calls(file):
        assert not {"eta", "countdown"} & {word.arg for word in call.keywords}, ast.unparse(call)
        speaks = isinstance(call.func, ast.Attribute) and call.func.attr in SPEAKING
        assert not speaks or str(file.relative_to(ROOT)) in SPEAKERS, ast.unparse(call)


def test_the_scan_sees_the_code_that_speaks() -> None:
    heard = {
        str(file.relative_to(ROOT))
        for file in OURS
        for call in calls(file)
        if ast.unparse(call.func).endswith((".delay", ".send_task"))
    }
    assert heard == SPEAKERS
