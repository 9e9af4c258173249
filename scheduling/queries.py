"""Questions kept as SQL files. A line "-- there.sql" takes in that file: when people are there is said in one place."""

from pathlib import Path

SQL = Path(__file__).parent / "sql"
THERE = "-- there.sql\n"


def query(name: str) -> str:
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text.replace(THERE, (SQL / "there.sql").read_text(encoding="utf-8"))
