"""Decisions are kept by number: each has its own, none is missing, and its first line says the same."""

from tests.stack.running import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_each_has_a_number_of_its_own_in_its_name_and_its_title() -> None:
    assert [record.name[:4] for record in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
    for number, record in enumerate(RECORDS, 1):
        assert record.read_text().startswith(f"# {number}. "), record.name
