"""What all tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

# Machines are shared and noisy: how long an example takes says nothing of the code.
hypothesis.settings.register_profile(
    "noisy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("noisy")


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process: exit code, standard output, standard error."""
    from kg.__main__ import main

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; the tests that open a page are skipped without one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return pytest.skip("no Chromium here; apt-get install chromium")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold articles and corpora beside the checkout; tests on them are skipped without it."""
    folder = ROOT.parent / "shared"
    return folder if folder.is_dir() else pytest.skip(f"no {folder} here")


@pytest.fixture(scope="session")
def wikinews_graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of all Wikinews articles: 20 seconds, once for all tests; only to be read."""
    from kg.builder import build_graph

    folder = tmp_path_factory.mktemp("wikinews") / "graph"
    build_graph([shared / "articles" / "wikinews-2019.jsonl"], folder)
    return folder


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of the bundled articles: ten seconds, once for all tests; only to be read."""
    from kg.articles import samples_folder
    from kg.builder import build_graph

    folder = tmp_path_factory.mktemp("samples") / "graph"
    build_graph([samples_folder()], folder)
    return folder
