"""Holds layers, sizes, light import and the like; each rule is also seen to fail on a bad example."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conventions
from tests.conventions import RULES, Source

ROOT = Path(__file__).parents[1]
SOURCES = [
    Source(path.relative_to(ROOT / "kg").as_posix(), path.read_text("utf-8"))
    for path in sorted((ROOT / "kg").rglob("*.py"))
]
HEAVY = (
    "spacy",
    "rdflib",
    "pyoxigraph",
    "pyvis",
    "networkx",
    "pandas",
    "pyarrow",
    "numpy",
    "onnxruntime",
    "trafilatura",
    "lxml",
    "fsspec",
    "brotli",
    "charset_normalizer",
    "typer",
    "rich",
)
SEEDS = frozenset({
    "Zelensky", "Zelenskyy", "Erdoğan", "Erdogan", "Putin", "Kyiv", "Ankara", "Istanbul", "ISTANBUL",
    "Kremlin", "2026-04-04", "2026-04-05", "2024-01-31", "2024-02",
})  # fmt: skip
"""What the sample articles are about: code that knew it would be fitted to them."""

BAD = [
    pytest.param("layers", "store.py", "import kg.builder", id="upward"),
    pytest.param("layers", "rdf/mapping.py", "from kg.articles import read_articles", id="sideward"),
    pytest.param("layers", "articles/plain.py", "import kg", id="whole package"),
    pytest.param("layers", "articles/plain.py", "from kg import load", id="package name"),
    pytest.param("layers", "articles/plain.py", "from . import fields", id="relative"),
    pytest.param("layers", "novelty.py", "", id="unknown part"),
    pytest.param("confinement", "export/page.py", "import spacy", id="spacy"),
    pytest.param("confinement", "actors/entities.py", "def f():\n    from rdflib import Graph", id="rdflib"),
    pytest.param("confinement", "language/annotator.py", "import torch.nn", id="torch"),
    pytest.param("file_size", "store.py", "x = 1\n" * 401, id="file"),
    pytest.param("file_name", "actors/utils.py", "", id="utils"),
    pytest.param("function_size", "store.py", "def f():\n" + "    x = 1\n" * 51, id="function"),
    pytest.param("parameters", "store.py", "def f(a, b, c, *, d, e, f, g): ...", id="parameters"),
    pytest.param("parameters", "store.py", "def f(**options): ...", id="kwargs"),
    pytest.param("parameters", "store.py", "def f(*a, **options: Unpack[Options]): ...", id="args"),
    pytest.param("parameters", "store.py", "def f(**options: Any): ...", id="untyped kwargs"),
    pytest.param(
        "nesting", "store.py",
        "def f():\n if a:\n  for b in c:\n   with d:\n    if e:\n     pass", id="nesting",
    ),
    pytest.param("printing", "store.py", "def f():\n    print(1)", id="print"),
    pytest.param("broad_catching", "store.py", "try:\n  f()\nexcept (OSError, Exception): f()", id="broad"),
    pytest.param("broad_catching", "store.py", "try:\n    f()\nexcept:\n    pass", id="bare"),
    pytest.param("documented", "store.py", "x = 1", id="docstring"),
    pytest.param("exports", "rdf/__init__.py", "from kg.rdf.mapping import quads", id="no all"),
    pytest.param("exports", "rdf/__init__.py", "from kg.rdf.x import a, b\n__all__ = ['a']", id="lacking"),
]  # fmt: skip

GOOD = [
    ("layers", "store.py", "from kg.rdf.mapping import quads\nfrom kg.errors import StoreError"),
    ("parameters", "cli.py", "def f(a, b, c, d, e, f, g): ..."),
    ("parameters", "store.py", "def f(**options: Unpack[Options]): ..."),
    ("nesting", "store.py", "def f():\n if a:\n  pass\n elif b:\n  pass\n elif c:\n  pass\n elif d:\n  pass"),
    ("printing", "cli.py", "print(1)"),
    ("function_size", "store.py", 'def f():\n    """' + "x\n" * 60 + '    """\n    return 1'),
]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_source_keeps_the_rules(source):
    assert [f"{source.name}: {offence}" for rule in RULES for offence in rule(source)] == []


@pytest.mark.parametrize(("rule", "name", "text"), BAD)
def test_rule_finds_a_bad_example(rule, name, text):
    assert list(getattr(conventions, rule)(Source(name, text)))


@pytest.mark.parametrize(("rule", "name", "text"), GOOD, ids=[rule for rule, _, _ in GOOD])
def test_rule_passes_a_good_example(rule, name, text):
    assert not list(getattr(conventions, rule)(Source(name, text)))


def test_every_rule_has_a_bad_example():
    assert {rule.__name__ for rule in RULES} == {param.values[0] for param in BAD}


def test_nine_functions_of_ten_are_short():
    lengths = [function.end_lineno - function.body[0].lineno for s in SOURCES for function in s.functions]
    assert sum(length > 30 for length in lengths) <= 0.1 * len(lengths)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_code_does_not_know_the_samples(source):
    assert list(conventions.words_in(source, SEEDS)) == []


def test_words_are_found_in_code_only():
    source = Source("a.py", '"""Ankara."""\nx = "in Kyiv"  # Putin')
    assert list(conventions.words_in(source, SEEDS)) == ["names 'Kyiv'"]


def loaded_by(statement: str) -> list[str]:
    """Which of the heavy libraries a statement loads, in a process of its own."""
    code = f"import sys, json; {statement}; print(json.dumps([n for n in {HEAVY!r} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return list(json.loads(done.stdout))


def test_import_is_light():
    assert loaded_by("import kg") == []


def test_heavy_import_is_seen():
    assert "pandas" in loaded_by("import pandas")


def test_importing_the_command_line_is_light():
    assert set(loaded_by("import kg.cli")) <= {"typer", "rich"}


def test_public_names_exist():
    package = importlib.import_module("kg")
    assert sorted(package.__all__) == list(package.__all__)
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


MACHINE = re.compile(rb"(?<![\w.])/(?:root|home|work|opt)/\w|extra-index-url|/simple/", re.IGNORECASE)
"""Paths of the machine that wrote a file, and where it takes packages from."""


def test_no_file_names_this_machine():
    texts = {
        path: path.read_bytes() for path in tracked_files() if path.suffix not in {".onnx", ".png", ".npz"}
    }
    named = [str(path.relative_to(ROOT)) for path, text in texts.items() if MACHINE.search(text)]
    assert [name for name in named if name != "tests/test_conventions.py"] == []


def test_machine_is_seen():
    assert MACHINE.search(b"open('/root/x')")
    assert MACHINE.search(b"--extra-index-url y")
