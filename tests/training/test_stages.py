from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
# ruff: noqa: E402
from kg.language.batches import pack
from kg.language.lemmas import Lemmatizer
from kg.language.network import Network as Session
from kg.training.corpora import Corpora
from kg.training.encoder import Encoder
from kg.training.export import export_network
from kg.training.settings import read_settings
from kg.training.stages import train_again, train_student, train_teacher
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


def test_training_goes_on_where_it_was_cut_off(workshop):
    whole = load_network(workshop, train_teacher(workshop, 0)).state_dict()
    half = replace(workshop, folder=workshop.folder / "half")
    one_pass = replace(workshop.settings, teacher=replace(workshop.settings.teacher, passes=1))
    train_teacher(replace(half, settings=one_pass), 0)
    train_teacher(half, 0)
    progress = json.loads((half.folder / "teacher-0" / "progress.json").read_text("utf-8"))
    assert progress["passes"] == 2
    assert set(load_network(half, half.folder / "teacher-0" / "best.safetensors").state_dict()) == set(whole)


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
