from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
# ruff: noqa: E402
from kg.errors import ModelError
from kg.training import train
from kg.training.__main__ import main
from kg.training.settings import read_settings
from kg.training.workshop import choose_device


@pytest.mark.parametrize(
    ("stage", "given", "lacking"),
    [
        ("all", [], "--corpora"),
        ("all", ["--corpora", "c"], "--output"),
        ("teacher", [], "--corpora"),
        ("student", [], "--corpora"),
        ("again", [], "--corpora"),
        ("ship", ["-o", "w"], "--corpora"),
        ("ship", ["--corpora", "c"], "--output"),
        ("halve", [], "--encoder"),
    ],
)
def test_stage_names_the_option_that_it_lacks(stage, given, lacking, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([stage, "--work", str(tmp_path), *given])
    assert stopped.value.code == 2
    assert f"error: {stage} needs {lacking}\n" in capsys.readouterr().err


def test_error_is_one_line(tmp_path, capsys):
    folder = str(tmp_path)
    assert main(["teacher", "--work", folder, "--corpora", folder, "--set", "teacher.depth=1"]) == 1
    assert capsys.readouterr().err == "The training settings have unknown values in [teacher]: depth.\n"


def test_error_of_the_corpora_is_one_line(tmp_path, capsys):
    assert main(["teacher", "--work", str(tmp_path), "--corpora", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_device_is_chosen_unless_given(tmp_path, monkeypatch):
    devices = []
    monkeypatch.setattr(train, "train", lambda *_, device, **__: devices.append(device))
    given = ["all", "--work", str(tmp_path), "--corpora", str(tmp_path), "-o", str(tmp_path)]
    assert main(given) == 0
    assert main([*given, "--device", "cpu"]) == 0
    assert devices == ["auto", "cpu"]


@pytest.mark.parametrize(("is_available", "device"), [(True, "cuda"), (False, "cpu")])
def test_graphics_card_is_taken_where_there_is_one(monkeypatch, is_available, device):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: is_available)
    assert choose_device("auto") == torch.device(device)


@pytest.mark.parametrize("name", ["gpu9", "cuda"])
def test_device_that_is_not_there_is_refused(monkeypatch, name):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ModelError, match=f"{name!r}.*auto"):
        choose_device(name)


def test_training_chooses_the_device_by_itself(tmp_path, monkeypatch):
    class StopError(Exception):
        pass

    def stop(*_, device, **__):
        raise StopError(device)

    monkeypatch.setattr(train, "open_workshop", stop)
    with pytest.raises(StopError, match="auto"):
        train.train(tmp_path, tmp_path, work=tmp_path, settings=read_settings())
