from __future__ import annotations

import gzip
import json
import re

import pytest

from kg.errors import ModelError
from kg.language import weights
from kg.language.network import Network, RelationHead

pytest.importorskip("onnx", reason="the fake network is built with onnx (extra train)")
from tests.language.fakes import LABELS, fake_card, fake_files


@pytest.fixture
def folder(tmp_path):
    weights.write_weights(tmp_path, fake_files())
    return tmp_path


def test_read_weights_gives_all_files(folder):
    assert set(weights.read_weights(folder)) == {weights.CARD, *weights.FILES}


@pytest.mark.parametrize("name", weights.FILES)
def test_read_weights_names_a_missing_file(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelError, match=re.escape(name)):
        weights.read_weights(folder)


@pytest.mark.parametrize("name", weights.FILES)
def test_read_weights_names_a_damaged_file(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match=f"{re.escape(name)}.*damaged"):
        weights.read_weights(folder)


def test_read_weights_says_where_there_are_none(tmp_path):
    with pytest.raises(ModelError, match=r"nowhere.*install the package again"):
        weights.read_weights(tmp_path / "nowhere")


@pytest.mark.parametrize("card", [b"{", b"[]", b"{}"], ids=["broken", "list", "no checksums"])
def test_read_weights_wants_a_card(folder, card):
    (folder / weights.CARD).write_bytes(card)
    with pytest.raises(ModelError, match="card of the weights"):
        weights.read_weights(folder)


def test_split_files_undoes_join_files():
    files = fake_files()
    assert weights.split_files(weights.join_files(files)) == files


def test_split_files_refuses_other_bytes():
    with pytest.raises(ModelError, match="bytes of the weights"):
        weights.split_files(b"no archive")


@pytest.mark.parametrize(
    ("parse", "match"),
    [
        (weights.parse_labels, "not JSON"),
        (lambda content: weights.parse_lemmas(content, None), "lemmas.json.gz"),
        (lambda content: Network(content).check(None), "cannot run"),
        (weights.parse_pieces, r"lacks the piece '\[PAD\]'"),
    ],
    ids=["labels", "lemmas", "network", "pieces"],
)
def test_foreign_content_is_refused(parse, match):
    with pytest.raises(ModelError, match=match):
        parse(b"something else")


def test_labels_must_be_lists_of_texts():
    with pytest.raises(ModelError, match="'tags'"):
        weights.parse_labels(b'{"tags": [1]}')


def test_card_must_fit_the_files(folder):
    files = fake_files() | {weights.PIECES: b"other"}
    (folder / weights.PIECES).write_bytes(b"other")
    (folder / weights.CARD).write_bytes(fake_card(files))
    assert weights.read_weights(folder)[weights.PIECES] == b"other"


@pytest.mark.parametrize(
    ("name", "label"),
    [("tags", "NOUN"), ("edits", "z9"), ("edits", "l+"), ("relations", ""), ("entities", "E-PER")],
)
def test_labels_must_be_of_their_kind(name, label):
    labels = json.dumps(LABELS | {name: [label]}).encode()
    with pytest.raises(ModelError, match=f"{re.escape(repr(label))} is no label of the list '{name}'"):
        weights.parse_labels(labels)


@pytest.mark.parametrize("tables", [{}, {"seen": [], "lexicon": {}}, {"seen": {}, "lexicon": {"NOUN": 1}}])
def test_lemmas_must_be_tables(tables):
    with pytest.raises(ModelError, match="has no tables"):
        weights.parse_lemmas(gzip.compress(json.dumps(tables).encode()), None)


def test_pieces_must_be_text():
    with pytest.raises(ModelError, match="is not UTF-8"):
        weights.parse_pieces(b"\xff")


def test_split_files_wants_a_card_with_checksums():
    with pytest.raises(ModelError, match="names no checksums"):
        weights.split_files(weights.join_files(fake_files() | {weights.CARD: b"{}"}))


def test_network_must_fit_its_labels(monkeypatch):
    labels = weights.parse_labels(json.dumps(LABELS | {"entities": ["O"]}).encode())
    network = Network(fake_files()[weights.NETWORK])
    monkeypatch.setattr(network.session, "check", lambda: {"entities": 3})
    with pytest.raises(ModelError, match="knows 3 entity labels, and their list has 1"):
        network.check(labels)


def test_network_must_be_the_one_that_is_named():
    with pytest.raises(ModelError, match="lacks outputs"):
        Network(fake_files()[weights.RELATIONS]).check(weights.parse_labels(json.dumps(LABELS).encode()))


def test_relation_head_must_fit_the_network(monkeypatch):
    network, head = Network(fake_files()[weights.NETWORK]), RelationHead(fake_files()[weights.RELATIONS])
    monkeypatch.setattr(network, "widths", {"dependents": 5, "governors": 5})
    with pytest.raises(ModelError, match="reads dependents 4 wide, and the network gives 5"):
        head.check(network)
