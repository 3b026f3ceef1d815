"""A trained network → the files of a weights folder: ONNX in int8, labels, pieces, lexicon."""

from __future__ import annotations

import gzip
import json
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.language import weights
from kg.language.labels import Labels
from kg.language.lemmas import Lemmatizer
from kg.language.network import OUTPUTS, RELATION_OUTPUT
from kg.language.pieces import SPECIAL_PIECES
from kg.training.model import Network

# Operators that every ONNX Runtime since 1.14 knows.
_OPSET = 17
# The greatest number of int8.
_MOST = 127


class _Exported(nn.Module):
    """What runs inside ONNX: tags and edits are chosen there, so that less comes out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, spans: Tensor) -> tuple[Tensor, ...]:
        outputs = self.network(ids, shapes, spans)
        chosen = {"tags": outputs.tags.argmax(-1), "edits": outputs.edits.argmax(-1)}
        return tuple(chosen.get(name, getattr(outputs, name)) for name in OUTPUTS)


def export_files(
    network: Network,
    *,
    labels: Labels,
    lemmatizer: Lemmatizer,
    pieces: Sequence[str],
) -> dict[str, bytes]:
    """The files of the weights folder, without the card."""
    network = network.cpu().eval()
    kept = kept_pieces(pieces)
    _cut_word_table(network, kept)
    return {
        weights.LABELS: json.dumps(labels.to_json(), ensure_ascii=False, indent=0).encode(),
        weights.NETWORK: export_network(network),
        weights.RELATIONS: export_relations(network),
        weights.PIECES: "\n".join(pieces[n] for n in kept).encode(),
        weights.LEMMAS: _pack_lemmas(lemmatizer.seen, lemmatizer.lexicon),
    }


class _Relations(nn.Module):
    """The last layer of the relation head, which runs once the heads are known."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, dependents: Tensor, governors: Tensor) -> Tensor:
        return self.network.relate(dependents, governors).argmax(-1)


def export_relations(network: Network) -> bytes:
    """The last layer of the relation head as ONNX, in full precision: it is small."""
    part = torch.zeros(5, network.dependents.out_features)
    axes = {name: {0: "words"} for name in ("dependents", "governors", RELATION_OUTPUT)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "relations.onnx"
        _export(_Relations(network), (part, part), path, [RELATION_OUTPUT], axes)
        return path.read_bytes()


def export_network(network: Network, *, quantised: bool = True) -> bytes:
    """The network as ONNX; int8 (weights per channel, one bit spared for CPUs without VNNI) by default."""
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        _export_full(network, full)
        if not quantised:
            return full.read_bytes()
        quantise(full, small)
        return small.read_bytes()


def quantise(full: Path, small: Path) -> None:
    """Writes a graph anew in int8; `kg.training.rounding` foresees in training what this does."""
    quantize_dynamic(
        full,
        small,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _export_full(network: Network, path: Path) -> None:
    ids = torch.ones(3, 17, dtype=torch.long)
    spans = torch.randint(0, 17, (3, 2, 11))
    axes = {"ids": {0: "windows", 1: "pieces"}, "shapes": {0: "windows", 1: "pieces"}}
    axes |= {"spans": {0: "windows", 2: "words"}}
    axes |= {name: {0: "windows", 1: "words"} for name in OUTPUTS}
    axes["arcs"] = {0: "windows", 1: "words", 2: "words"}
    _export(_Exported(network), (ids, torch.zeros_like(ids), spans), path, OUTPUTS, axes)


def _export(
    module: nn.Module,
    examples: tuple[Tensor, ...],
    path: Path,
    outputs: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
) -> None:
    """Writes a graph; `axes` names the inputs, then the outputs, with their free axes."""
    with warnings.catch_warnings():
        # The TorchScript exporter is deprecated, but the new one gives a graph that int8 runs more slowly.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            examples,
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=list(axes)[: len(examples)],
            output_names=list(outputs),
            dynamic_axes=axes,
        )


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """The pieces that English news can need: Latin letters, digits and marks; no other script, none unused.

    >>> kept_pieces(["[PAD]", "[unused1]", "talk", "##s", "ツ"])
    [0, 2, 3]
    """
    return [
        n for n, piece in enumerate(pieces) if piece in SPECIAL_PIECES or _is_latin(piece.removeprefix("##"))
    ]


def _is_latin(piece: str) -> bool:
    # Up to Latin Extended-B; and general punctuation, currency and letter-like signs.
    return not piece.startswith("[unused") and all(c < "\u0250" or "\u2000" <= c < "\u2190" for c in piece)


class _RoundedTable(nn.Module):
    """A table of word pieces in int8, each row with a scale of its own."""

    def __init__(self, rows: Tensor) -> None:
        super().__init__()
        scales = rows.abs().amax(1, keepdim=True).clamp(min=1e-12) / _MOST
        self.register_buffer("values", (rows / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        return self.values[ids].float() * self.scales[ids]


def _cut_word_table(network: Network, kept: Sequence[int]) -> None:
    network.word = _RoundedTable(network.word.weight.data[list(kept)])


def _pack_lemmas(seen: Mapping[str, Mapping[str, str]], lexicon: Mapping[str, Mapping[str, str]]) -> bytes:
    data = {"seen": seen, "lexicon": lexicon}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Without a time stamp, so that the same tables give the same bytes.
    return gzip.compress(text.encode(), mtime=0)
