"""Folders for servers: not pytest's own, which every other run closes to the world PostgreSQL belongs to."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def fresh_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="koru test "))
    try:
        yield made
    finally:
        shutil.rmtree(made)


@pytest.fixture
def folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made


@pytest.fixture(scope="module")
def shared_folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made
