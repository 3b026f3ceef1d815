"""Runs the examples in the docstrings of the package."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import kg

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(kg.__path__, "kg.")
    if not module.name.startswith(("kg.training", "kg.__main__"))
)
TRAINING = sorted(f"kg.training.{path.stem}" for path in (Path(kg.__path__[0]) / "training").glob("[!_]*.py"))


def run(name: str) -> doctest.TestResults:
    return doctest.testmod(
        importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_module(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(name).failed == 0


@pytest.mark.parametrize("name", TRAINING)
def test_examples_of_training_module(name):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is not installed; it is for training only")
    assert run(name).failed == 0


def test_builders_have_examples_that_run():
    assert run("tests.builders").failed == 0
