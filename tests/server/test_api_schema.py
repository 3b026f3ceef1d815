"""The whole API against its own description: made-up requests, right and wrong ones, by schemathesis."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.server import Settings, background
from kg.store import Store
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article

pytest.importorskip("schemathesis")

SECONDS = 30
"""Of made-up requests, examples and the bounds of all parameters."""
CONFIG = """
seed = 7

[generation]
mode = "all"

[checks.positive_data_acceptance]
# What the description cannot say: which terms the graph's ontology has, and which cursors it gave.
expected-statuses = ["2xx", "400", "404"]

[checks.negative_data_rejection]
# By default without 414, which is what too long a value gets, and 415, as a body gets that is no form.
expected-statuses = ["400", "404", "405", "413", "414", "415"]

[[operations]]
# A form says one value and a list of one alike, which made-up bodies hold to be wrong.
include-method = "POST"
generation.mode = "positive"
"""


@pytest.fixture
def address(tmp_path):
    """Of a server whose graph has what the examples of the description name."""
    names = ("Norway", "Chile", "Bo Cole", "Eva Fox")
    claims = [
        (one, other, KINDS[number % 3], status, "2026-04", 0.9)
        for number, (one, other, status) in enumerate(zip(names, names[1:] + names[:1], Status, strict=False))
    ]
    with Store.create(tmp_path / "graph") as store:
        store.add(make_article(1, claims, source="Wire"))
    with background(Settings(graph=tmp_path / "graph", port=0, workers=2)) as url:
        yield url


@pytest.mark.slow
def test_made_up_requests_are_answered_as_described(address, tmp_path):
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    run = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"), "--config-file", "schemathesis.toml",
            "run", f"{address}api/openapi.json", "--checks", "all",
            "--phases", "examples,coverage,fuzzing", "--max-time", str(SECONDS), "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, timeout=10 * SECONDS, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-5_000:] + run.stderr[-1_000:]
    generated, passed = map(int, re.findall(r"(\d+) (?:generated|passed)", run.stdout)[-2:])
    assert generated == passed > 100
