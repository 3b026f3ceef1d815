from __future__ import annotations

import re

import pytest

from kg.errors import ModelError
from kg.language import weights
from kg.language.network import Network

pytest.importorskip("onnx", reason="the fake network is built with onnx (extra train)")
from tests.language.fakes import fake_card, fake_files


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
        (lambda content: Network(content).session.check(), "cannot run"),
    ],
    ids=["labels", "lemmas", "network"],
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
