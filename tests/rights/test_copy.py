"""A copy holds everything that is a client's and nothing of anybody else's, in words that open anywhere."""

import csv
import json
import re
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from journaling.models import Entry
from koru.rights import making
from koru.rights.parts import PARTS
from koru.rights.tables import as_csv
from tests.people import make_client, make_clinic
from tests.sweep.canaries import CONTACT, NAME, NOTE, PRIVATE, SHARED, TALK, canary

from .conftest import Copy
from .copies import opened, record_of


def test_it_holds_what_one_wrote_also_what_nobody_else_reads(copy: Copy) -> None:
    for name in ("record.json", "read-me.html"):
        text = copy.zip.read(name).decode()
        for level in (PRIVATE, SHARED, CONTACT, NAME):
            assert canary(level, "A") in text, (name, level)


def test_it_holds_nothing_of_anybody_else_and_no_note_of_a_therapist(copy: Copy) -> None:
    for name in copy.zip.namelist():
        data = copy.zip.read(name)
        for level in (PRIVATE, SHARED, CONTACT, NAME, TALK):
            assert canary(level, "B").encode() not in data, (name, level)
        assert canary(NOTE, "A").encode() not in data, name


def test_each_part_with_rows_is_in_each_form(copy: Copy) -> None:
    assert set(copy.record) == set(copy.counts)
    for name, count in copy.counts.items():
        assert len(copy.record[name]) == count, name
        assert (f"csv/{name}.csv" in copy.zip.namelist()) is bool(count), name
        assert (f'<h2 id="{name}">' in copy.page) is bool(count), name
        if count:
            assert len(table(copy.zip.read(f"csv/{name}.csv"))) == count + 1, name
    assert sum(map(bool, copy.counts.values())) > 50, "the world of the sweep has one of nearly everything"


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_recordings_and_pictures_lie_beside_it_as_they_were_made(copy: Copy) -> None:
    rows = copy.record["attachments-attachment"] + copy.record["safety-planpicture"]
    files = [row["file"] for row in rows if not row.get("removed_at")]
    assert files
    assert set(files) == {name for name in copy.zip.namelist() if name.startswith("media/")}
    assert all(copy.zip.read(name)[:3] in (b"RIF", b"\xff\xd8\xff", b"\x89PN") for name in files)


def test_the_page_asks_nothing_of_anybody_and_runs_nothing(copy: Copy) -> None:
    assert "<script" not in copy.page
    assert "default-src 'none'" in copy.page
    assert all(src.startswith("media/") for src in re.findall(r' src="([^"]*)"', copy.page))
    assert all(href.startswith("#") for href in re.findall(r' href="([^"]*)"', copy.page))


def test_the_bundle_keeps_the_rules_of_fhir(copy: Copy) -> None:
    raw: dict[str, Any] = json.loads(copy.zip.read("fhir/bundle.json"))
    Bundle.model_validate(raw)
    kinds = {one["resource"]["resourceType"] for one in raw["entry"]}
    assert kinds >= {
        "Patient", "Organization", "Practitioner", "CareTeam", "Appointment", "Consent", "Questionnaire", "QuestionnaireResponse",
        "Observation", "DocumentReference", "Goal", "CarePlan", "AuditEvent", "Communication",
    }  # fmt: skip
    urls = [one["fullUrl"] for one in raw["entry"]]
    assert len(set(urls)) == len(urls)
    there = {f"{one['resource']['resourceType']}/{one['resource']['id']}" for one in raw["entry"]}
    assert set(references(raw)) <= there


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if "reference" in value else []
        return own + [one for part in value.values() for one in references(part)]
    return [one for part in value for one in references(part)] if isinstance(value, list) else []


def test_what_only_its_writer_reads_is_marked_so_for_other_software(copy: Copy) -> None:
    resources = [one["resource"] for one in json.loads(copy.zip.read("fhir/bundle.json"))["entry"]]
    labels = {one["id"]: one["securityLabel"][0]["coding"][0]["code"] for one in resources if "securityLabel" in one}
    assert labels == {pk: "R" if copy.shares[pk] == "only_me" else "N" for pk in labels}
    assert set(labels.values()) == {"R", "N"}


def test_who_looked_is_in_it_and_that_the_list_was_checked(copy: Copy) -> None:
    looks = copy.record["privacy-accessrow"]
    assert any(row["actor"] == copy.therapist and row["why"] == "brief" for row in looks)
    assert json.loads(copy.zip.read("record.json"))["who_looked_checked"] == "as it was written"
    assert "nothing was changed or taken out" in copy.page


def test_a_draft_that_does_not_open_costs_nothing_of_the_rest(copy: Copy) -> None:
    (draft,) = (row for row in copy.record["journaling-draft"] if row["id"] == copy.damaged)
    assert draft["text"] == "(can’t be opened any more)"


@pytest.mark.django_db
def test_what_looks_like_a_page_or_a_formula_stays_words() -> None:
    make_clinic()
    client, now = make_client(display_name="<b>Rowan</b>"), timezone.now()
    words = '=HYPERLINK("x")<script>alert(1)</script>'
    Entry.objects.create(client=client, text=words, share="only_me", at=now, zone=client.zone, local_date=now.date(), key=uuid4())
    zipped = opened(client)
    page = zipped.read("read-me.html").decode()
    assert "<script>" not in page
    assert "<b>Rowan</b>" not in page
    assert f"'{words}" in table(zipped.read("csv/journaling-entry.csv"))[1]
    assert record_of(zipped)["journaling-entry"][0]["text"] == words


@given(st.lists(st.text(max_size=9), max_size=30), st.integers(1, 20))
def test_a_long_file_is_kept_in_pieces_that_make_it_up(parts: list[str], size: int) -> None:
    made = list(making.pieces(parts, size))
    assert "".join(made) == "".join(parts)
    assert all(made)
    assert all(len(one) < size + 9 for one in made)


@given(st.text(max_size=40))
def test_no_cell_of_a_table_is_a_formula(words: str) -> None:
    (part,) = (one for one in PARTS if one.model == "journaling.Tag")
    row = {field.name: words for field in part.fields}
    _, line = csv.reader(StringIO("".join(as_csv(part, [row])), newline=""))
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)
