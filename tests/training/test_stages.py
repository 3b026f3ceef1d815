from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
# ruff: noqa: E402
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from kg.errors import ModelError
from kg.language.batches import pack
from kg.language.lemmas import Lemmatizer
from kg.language.network import Network as Session
from kg.training.checkpoints import BEST, STAGES, STATE, fingerprint
from kg.training.corpora import Corpora
from kg.training.encoder import Encoder
from kg.training.export import export_network
from kg.training.settings import read_settings
from kg.training.stages import finished_network, train_again, train_student, train_teacher
from kg.training.train import ship
from kg.training.workshop import Workshop, load_network, to_scores
from tests.training.examples import LABELS, LETTERS, MAKER, PIECES, TREE

pytestmark = pytest.mark.slow
NAMES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS))
WIDTH, INNER = 384, 1536


def random_encoder(layers):
    """Weights with the names and shapes of a small BERT."""
    rng = np.random.default_rng(0)
    shapes = {
        "embeddings.word_embeddings.weight": (len(NAMES), WIDTH),
        "embeddings.position_embeddings.weight": (512, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    parts = {
        "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
        "attention.output.LayerNorm": (WIDTH,), "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER), "output.LayerNorm": (WIDTH,),
    }  # fmt: skip
    for layer in range(layers):
        for name, shape in parts.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
    weights = {name: (rng.standard_normal(shape) * 0.05).astype("f") for name, shape in shapes.items()}
    return Encoder(weights=weights, pieces=NAMES, sha256="")


@pytest.fixture
def workshop(tmp_path):
    settings = read_settings()
    settings = replace(
        settings,
        teacher=replace(settings.teacher, layers=2, passes=2),
        student=replace(settings.student, layers=1, passes=1),
        again=replace(settings.again, layers=1, passes=1),
    )
    return Workshop(
        settings=settings,
        corpora=Corpora(train=(TREE,) * 8, dev=(replace(TREE, corpus="gum-dev"),), test=()),
        encoder=random_encoder(2),
        labels=LABELS,
        pieces=PIECES,
        lemmatizer=Lemmatizer(edits=LABELS.edits, seen={}, lexicon={}),
        device=torch.device("cpu"),
        folder=tmp_path,
    )


def test_teacher_and_student_are_trained(workshop):
    assert train_teacher(workshop, 0) == workshop.folder / "teacher-0" / "best.safetensors"
    assert len(load_network(workshop, train_student(workshop)).layers) == 1
    again = train_again(workshop)
    assert again == workshop.folder / "again" / "best.safetensors"
    assert len(load_network(workshop, again).layers) == 1


def cut_after(monkeypatch, name, time):
    """Ends the run right after a file of that name was moved into place for that time."""
    times = []
    move = Path.replace

    def move_and_stop(self, target):
        move(self, target)
        times.append(Path(target).name)
        if times.count(name) == time:
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", move_and_stop)


@pytest.mark.parametrize(("name", "time"), [(BEST, 1), (STATE, 1), (BEST, 2), (STATE, 2)], ids=str)
def test_training_goes_on_where_it_was_cut_off(workshop, monkeypatch, name, time):
    whole = replace(workshop, folder=workshop.folder / "whole")
    train_teacher(whole, 0)
    with monkeypatch.context() as patched:
        cut_after(patched, name, time)
        with pytest.raises(KeyboardInterrupt):
            train_teacher(workshop, 0)
    train_teacher(workshop, 0)
    for file in (BEST, STATE):
        expected = load_file(whole.folder / "teacher-0" / file)
        found = load_file(workshop.folder / "teacher-0" / file)
        assert all(torch.equal(found[key], expected[key]) for key in expected)


def test_finished_training_is_not_repeated(workshop, monkeypatch):
    file = train_teacher(workshop, 0)
    cut_after(monkeypatch, BEST, 1)
    assert train_teacher(workshop, 0) == file


def test_progress_is_in_the_file_of_the_state(workshop):
    folder = train_teacher(workshop, 0).parent
    assert sorted(path.name for path in folder.iterdir()) == [BEST, STATE]
    with safe_open(folder / STATE, framework="pt") as file:
        assert file.metadata()["passes"] == "2"


def with_stage(workshop, name, **values):
    stage = replace(getattr(workshop.settings, name), **values)
    return replace(workshop, settings=replace(workshop.settings, **{name: stage}))


OTHER_RUNS = {
    "passes": lambda shop: with_stage(shop, "teacher", passes=3),
    "noise": lambda shop: with_stage(shop, "noise", upper=0.5),
    "windows": lambda shop: with_stage(shop, "windows", batch=600),
    "losses": lambda shop: with_stage(shop, "losses", tags=2.0),
    "model": lambda shop: with_stage(shop, "model", dropout=0.2),
    "seed": lambda shop: replace(shop, settings=replace(shop.settings, seed=2)),
    "labels": lambda shop: replace(shop, labels=replace(LABELS, tags=LABELS.tags[::-1])),
    "encoder": lambda shop: replace(shop, encoder=replace(shop.encoder, sha256="other")),
}


@pytest.mark.parametrize("change", OTHER_RUNS.values(), ids=OTHER_RUNS)
@pytest.mark.parametrize("stage", STAGES)
def test_fingerprint_tells_runs_apart(workshop, change, stage):
    assert fingerprint(change(workshop), stage) != fingerprint(workshop, stage)


def test_fingerprint_leaves_out_the_later_stages(workshop):
    changed = with_stage(workshop, "student", passes=3)
    assert fingerprint(changed, "teacher") == fingerprint(workshop, "teacher")


@pytest.mark.parametrize("name", ["passes", "labels"])
def test_another_run_does_not_go_on(workshop, name):
    train_teacher(workshop, 0)
    with pytest.raises(ModelError, match=r"/teacher-0'.* another --work"):
        train_teacher(OTHER_RUNS[name](workshop), 0)


@pytest.mark.parametrize("name", ["passes", "labels"])
def test_student_does_not_learn_from_another_run(workshop, name):
    train_teacher(workshop, 0)
    with pytest.raises(ModelError, match=r"/teacher-0'.* another --work"):
        train_student(OTHER_RUNS[name](workshop))


def test_more_teachers_leave_the_first_as_it_is(workshop):
    file = train_teacher(workshop, 0)
    assert train_teacher(with_stage(workshop, "teacher", count=2), 0) == file


def test_state_of_unknown_settings_does_not_go_on(workshop):
    file = train_teacher(workshop, 0)
    save_file(load_file(file.with_name(STATE)), file.with_name(STATE))
    with pytest.raises(ModelError, match="another --work"):
        train_teacher(workshop, 0)
    assert train_student(workshop).exists()


def test_network_with_other_labels_is_refused(workshop):
    file = train_teacher(workshop, 0)
    with pytest.raises(ModelError, match=r"best\.safetensors"):
        load_network(replace(workshop, labels=replace(LABELS, tags=("X|FW",))), file)


def test_left_over_teachers_do_not_count(workshop):
    train_teacher(workshop, 0)
    (workshop.folder / "teacher-1").mkdir()
    (workshop.folder / "teacher-1" / BEST).write_bytes(b"")
    assert train_student(workshop).exists()


def test_student_needs_every_teacher(workshop):
    train_teacher(workshop, 0)
    with pytest.raises(ModelError, match=r"teacher-1/best\.safetensors.* stage teacher"):
        train_student(with_stage(workshop, "teacher", count=2))


def test_student_learns_from_the_corpora_alone_where_no_teacher_is_wanted(workshop):
    assert train_student(with_stage(workshop, "teacher", count=0)).exists()


def test_second_student_needs_the_first(workshop):
    train_teacher(workshop, 0)
    with pytest.raises(ModelError, match=r"student/best\.safetensors.* stage student"):
        train_again(workshop)


def test_shipping_needs_the_network(workshop, tmp_path):
    with pytest.raises(ModelError, match=r"again/best\.safetensors.* stage again"):
        ship(workshop, workshop.folder / "again" / BEST, tmp_path, tmp_path / "weights")


def test_network_of_another_run_is_not_shipped(workshop, tmp_path):
    file = train_teacher(workshop, 0)
    with pytest.raises(ModelError, match="another --work"):
        ship(OTHER_RUNS["labels"](workshop), file, tmp_path, tmp_path / "weights")


def test_training_repeats_itself(workshop):
    first = load_network(workshop, train_teacher(workshop, 0)).state_dict()
    again = replace(workshop, folder=workshop.folder / "again")
    second = load_network(again, train_teacher(again, 0)).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_exported_network_says_the_same(workshop):
    pytest.importorskip("onnx")
    network = workshop.new_network(1).eval()
    inputs = pack([MAKER.make(TREE).words, MAKER.make(TREE).words[:2]], PIECES)
    found = Session(export_network(network, quantised=False)).run(inputs)
    with torch.no_grad():
        expected = to_scores(network(*map(torch.from_numpy, (inputs.ids, inputs.shapes, inputs.spans))))
    assert np.allclose(found.arcs, expected.arcs, atol=1e-4)
    assert np.allclose(found.vectors, expected.vectors, atol=1e-4)
    assert (found.tags == expected.tags).all()


def test_finished_network_is_mixed_with_the_student(workshop):
    settings = replace(workshop.settings, again=replace(workshop.settings.again, kept=0.25))
    shop = replace(workshop, settings=settings)
    train_teacher(shop, 0)
    student = load_network(shop, train_student(shop)).tags.weight
    file = train_again(shop)
    again = load_network(shop, file).tags.weight
    mixed = finished_network(shop, file).tags.weight
    assert torch.allclose(mixed, 0.75 * again + 0.25 * student, atol=1e-6)
    assert torch.equal(finished_network(shop, shop.folder / "student" / BEST).tags.weight, student)
