from __future__ import annotations

import pytest

from kg.errors import ModelError
from kg.training.settings import DEFAULT, read_settings


def test_read_settings_reads_the_shipped_ones():
    settings = read_settings()
    assert settings.teacher.layers > settings.student.layers
    assert all(len(digest) == 64 for digest in settings.encoder.sha256)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("[losses]", "[loses]", r"lack the section \[losses\]"),
        ("arcs = 1.0", "arks = 1.0", "unknown values in .losses.: arks"),
        ("shortest = 16", "", r"section \[windows\].*incomplete"),
        ("seed = 1", "seed =", "cannot be read"),
    ],
)
def test_read_settings_names_what_is_wrong(tmp_path, old, new, match):
    path = tmp_path / "settings.toml"
    path.write_text(DEFAULT.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ModelError, match=match):
        read_settings(path)


def test_read_settings_takes_changes():
    settings = read_settings(changes=["teacher.passes=2", "model.shapes=false"])
    assert (settings.teacher.passes, settings.model.shapes) == (2, False)


@pytest.mark.parametrize("change", ["teacher", "teacher=2", "teacher.passes", "a=1\nb=2"])
def test_read_settings_refuses_changes_that_are_none(change):
    with pytest.raises(ModelError, match="is not understood; write"):
        read_settings(changes=[change])


def test_read_settings_refuses_changes_of_what_is_not_there():
    with pytest.raises(ModelError, match=r"unknown values in \[teacher\]: pases"):
        read_settings(changes=["teacher.pases=2"])
