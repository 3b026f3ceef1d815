"""Weights without training: a network that hangs every word on the one before it."""

from __future__ import annotations

import gzip
import hashlib
import json

from onnx import TensorProto, helper

from kg.language import weights
from kg.language.network import OUTPUTS

LABELS = {
    "tags": ["NOUN|NN|Number=Sing", "VERB|VBD|Tense=Past"],
    "edits": ["keep", "l2+"],
    "relations": ["root", "dep", "nsubj"],
    "entities": ["O", "B-PER", "I-PER"],
}
PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz.",
    *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz."),
]
_WIDTH = 4


def fake_files():
    """The files of a weights folder, card included."""
    files = {
        weights.LABELS: json.dumps(LABELS).encode(),
        weights.NETWORK: _network(),
        weights.RELATIONS: _relations(),
        weights.PIECES: "\n".join(PIECES).encode(),
        weights.LEMMAS: gzip.compress(
            json.dumps({"seen": {}, "lexicon": {"NOUN": {"cats": "cat"}}}).encode()
        ),
    }
    return files | {weights.CARD: fake_card(files)}


def fake_card(files):
    """The card that fits the files."""
    return json.dumps({"sha256": {n: hashlib.sha256(files[n]).hexdigest() for n in weights.FILES}}).encode()


def _relations():
    """Always the second relation."""
    nodes = [
        helper.make_node("Shape", ["dependents"], ["shape"], end=1),
        helper.make_node("ConstantOfShape", ["shape"], ["relations"], value=_value(1, TensorProto.INT64)),
        helper.make_node("Identity", ["governors"], ["unused"]),
    ]
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ["w", _WIDTH])
        for n in ("dependents", "governors")
    ]
    output = helper.make_tensor_value_info("relations", TensorProto.INT64, ["w"])
    graph = helper.make_graph(nodes, "fake", inputs, [output])
    return _serialised(graph)


def _serialised(graph):
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9
    ).SerializeToString()


def _network():
    """Constant scores in the shape of the words; arcs fall with the distance, before the word only."""
    nodes = [
        helper.make_node("Shape", ["spans"], ["shape"]),
        helper.make_node("Gather", ["shape", "first"], ["windows"]),
        helper.make_node("Gather", ["shape", "third"], ["words"]),
        helper.make_node("Concat", ["windows", "words"], ["flat"], axis=0),
        helper.make_node("Squeeze", ["words"], ["count"]),
        helper.make_node("Range", ["zero", "count", "one"], ["places"]),
        helper.make_node("Cast", ["places"], ["column"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["column", "axis1"], ["dependents_places"]),
        helper.make_node("Sub", ["dependents_places", "column"], ["distance"]),
        helper.make_node("Sub", ["distance", "unit"], ["gap"]),
        helper.make_node("Abs", ["gap"], ["far"]),
        helper.make_node("Neg", ["far"], ["near"]),
        helper.make_node("Concat", ["windows", "words", "words"], ["square"], axis=0),
        helper.make_node("Expand", ["near", "square"], ["arcs"]),
        helper.make_node("ConstantOfShape", ["flat"], ["tags"], value=_value(0, TensorProto.INT64)),
        helper.make_node("ConstantOfShape", ["flat"], ["edits"], value=_value(0, TensorProto.INT64)),
        helper.make_node("ConstantOfShape", ["flat"], ["starts"], value=_value(-1.0, TensorProto.FLOAT)),
        helper.make_node("Concat", ["windows", "words", "three"], ["deep3"], axis=0),
        helper.make_node("Concat", ["windows", "words", "width"], ["deep4"], axis=0),
        helper.make_node("ConstantOfShape", ["deep3"], ["entities"], value=_value(0.0, TensorProto.FLOAT)),
    ]
    nodes += [
        helper.make_node("ConstantOfShape", ["deep4"], [name], value=_value(1.0, TensorProto.FLOAT))
        for name in ("dependents", "governors", "vectors")
    ]
    ints = {"first": [0], "third": [2], "axis1": [1], "three": [3], "width": [_WIDTH]}
    constants = [helper.make_tensor(name, TensorProto.INT64, [1], value) for name, value in ints.items()]
    constants += [
        helper.make_tensor(name, TensorProto.INT64, [], [value]) for name, value in (("zero", 0), ("one", 1))
    ]
    constants.append(helper.make_tensor("unit", TensorProto.FLOAT, [], [1.0]))
    inputs = [("ids", ["b", "p"]), ("shapes", ["b", "p"]), ("spans", ["b", 2, "w"])]
    graph = helper.make_graph(
        nodes,
        "fake",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in inputs],
        [_output(name) for name in OUTPUTS],
        constants,
    )
    return _serialised(graph)


def _value(value, kind):
    return helper.make_tensor("value", kind, [1], [value])


def _output(name):
    kind = TensorProto.INT64 if name in ("tags", "edits") else TensorProto.FLOAT
    shape = ["b", "w"] if name in ("tags", "edits", "starts") else ["b", "w", None]
    return helper.make_tensor_value_info(name, kind, shape)
