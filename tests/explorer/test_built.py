"""The explorer that is shipped is the one that its sources make."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pydantic
import pytest

from kg.server.api.description import describe
from kg.server.api.typescript import declarations
from tests.conftest import ROOT

SOURCES = ROOT / "kg" / "explorer"
BUILT = Path(str(files("kg"))) / "server" / "static" / "built"
NO_SOURCES = pytest.mark.skipif(not SOURCES.is_dir(), reason="the sources of the explorer are not here")


def hash_of_sources() -> str:
    """The hash that kg/explorer/build.mjs notes: of all that the pages are built from."""
    found = [file for file in (SOURCES / "src").rglob("*") if file.is_file()]
    names = [file.relative_to(SOURCES).as_posix() for file in found]
    hashed = hashlib.sha256()
    for name in sorted([*names, "build.mjs", "package-lock.json", "tsconfig.json"]):
        hashed.update(f"{name}\n".encode())
        hashed.update((SOURCES / name).read_bytes())
    return hashed.hexdigest()


@NO_SOURCES
def test_built_pages_are_not_stale():
    noted = (BUILT / "sources.sha256").read_text("utf-8").strip()
    assert noted == hash_of_sources(), "run `npm run build` in kg/explorer and commit kg/server/static/built"


@NO_SOURCES
@pytest.mark.skipif(
    tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 12),
    reason="earlier versions of pydantic describe the records of the API otherwise",
)
def test_types_are_those_of_the_api():
    made = declarations(json.loads(describe(""))["components"]["schemas"])
    written = (SOURCES / "src" / "api" / "types.ts").read_text("utf-8")
    assert made == written, "run `python -m kg.server.api.typescript > kg/explorer/src/api/types.ts`"


@NO_SOURCES
def test_nothing_is_locked_to_an_address():
    assert "resolved" not in (SOURCES / "package-lock.json").read_text("utf-8")
