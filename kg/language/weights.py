"""A folder of weights: plain files only, each checked against the checksum in its card.

- card.json: what was trained, on what, how good it is, and the sha256 of the files below
- labels.json: `kg.language.labels.Labels`
- network.onnx: the network, int8
- relations.onnx: the last layer of the relation head
- pieces.txt: word pieces, one a line
- lemmas.json.gz: the lemma lexicon
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import ModelError
from kg.language.labels import Labels
from kg.language.lemmas import Lemmatizer
from kg.language.pieces import SPECIAL_PIECES

SHIPPED = Path(__file__).with_name("weights")
CARD = "card.json"
LABELS = "labels.json"
NETWORK = "network.onnx"
RELATIONS = "relations.onnx"
PIECES = "pieces.txt"
LEMMAS = "lemmas.json.gz"
FILES = (LABELS, NETWORK, RELATIONS, PIECES, LEMMAS)
DIGITS = 8
_ADVICE = "install the package again, or train anew with `kg train`"


def read_weights(folder: Path) -> dict[str, bytes]:
    """The files of a folder, checked.

    Raises:
        ModelError: If a file is missing, or is not the one that the card names.
    """
    card = read_card(folder)
    files = {CARD: _read(folder / CARD)} | {name: _read(folder / name) for name in FILES}
    check_weights(files, card, where=str(folder))
    return files


def read_card(folder: Path) -> dict[str, Any]:
    """The card of the weights.

    Raises:
        ModelError: If it is missing or is no JSON object.
    """
    return parse_card(_read(folder / CARD), where=str(folder))


def model_version(folder: Path = SHIPPED) -> str:
    """The model's name with the first digits of its network's checksum: `kg-minilm 3f2a81c9`.

    Raises:
        ModelError: If there is no card, or it is damaged.
    """
    return version_of(read_card(folder))


def version_of(card: Mapping[str, Any]) -> str:
    """The version of the model that a card describes.

    >>> version_of({"name": "kg-minilm", "sha256": {NETWORK: "3f2a81c9e0"}})
    'kg-minilm 3f2a81c9'
    """
    return f"{card.get('name', 'unnamed')} {str(card['sha256'].get(NETWORK, ''))[:DIGITS]}"


def check_weights(files: Mapping[str, bytes], card: Mapping[str, Any], *, where: str) -> None:
    """Compares the checksums.

    Raises:
        ModelError: If a file differs from what the card says.
    """
    for name in FILES:
        if hashlib.sha256(files[name]).hexdigest() != card["sha256"].get(name):
            raise ModelError(f"The weights file {name!r} in {where!r} is damaged or foreign; {_ADVICE}.")


def write_weights(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files, the card among them, into a folder that is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def parse_labels(content: bytes) -> Labels:
    """The labels of a file's content.

    Raises:
        ModelError: If it does not hold labels.
    """
    data = _parse_json(content, LABELS)
    return Labels.from_json(data)


def parse_lemmas(content: bytes, labels: Labels) -> Lemmatizer:
    """The lemmatizer of a file's content.

    Raises:
        ModelError: If it does not hold the two tables.
    """
    try:
        data = _parse_json(gzip.decompress(content), LEMMAS)
    except (OSError, EOFError, zlib.error) as error:
        raise ModelError(f"The weights file {LEMMAS!r} cannot be read: {error}; {_ADVICE}.") from error
    for name in ("seen", "lexicon"):
        tables = data.get(name)
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise ModelError(f"The weights file {LEMMAS!r} has no tables {name!r}; {_ADVICE}.")
    return Lemmatizer(edits=labels.edits, seen=data["seen"], lexicon=data["lexicon"])


def parse_pieces(content: bytes) -> list[str]:
    """The word pieces of a file's content, in their order.

    Raises:
        ModelError: If it is no text, or lacks the pieces that stand for no word.
    """
    try:
        pieces = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ModelError(f"The weights file {PIECES!r} is not UTF-8: {error}; {_ADVICE}.") from error
    missing = [piece for piece in SPECIAL_PIECES if piece not in pieces]
    if missing:
        raise ModelError(f"The weights file {PIECES!r} lacks the piece {missing[0]!r}; {_ADVICE}.")
    return pieces


def parse_card(content: bytes, *, where: str) -> dict[str, Any]:
    """The card of a file's content; `where` is for the message.

    Raises:
        ModelError: If it is no JSON object, or names no checksums.
    """
    try:
        card = json.loads(content)
    except ValueError as error:
        raise ModelError(f"The card of the weights in {where!r} is not JSON: {error}; {_ADVICE}.") from error
    if not isinstance(card, dict) or not isinstance(card.get("sha256"), dict):
        raise ModelError(f"The card of the weights in {where!r} names no checksums; {_ADVICE}.")
    return card


def _parse_json(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise ModelError(f"The weights file {name!r} is not JSON: {error}; {_ADVICE}.") from error
    if not isinstance(data, dict):
        raise ModelError(f"The weights file {name!r} holds no JSON object; {_ADVICE}.")
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The weights file {str(path)!r} cannot be read ({error.strerror}); {_ADVICE}."
        ) from error


def join_files(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as joined:
        for name in sorted(files):
            # A fixed date, so that the same files give the same bytes.
            joined.writestr(zipfile.ZipInfo(name), files[name])
    return archive.getvalue()


def split_files(data: bytes) -> dict[str, bytes]:
    """The files of an archive, checked.

    Raises:
        ModelError: If it is no archive of weights, or a file in it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as joined:
            files = {name: joined.read(name) for name in (CARD, *FILES)}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError) as error:
        # A RuntimeError says that it is encrypted, or packed in a way that is not known here.
        raise ModelError(f"The bytes of the weights cannot be read: {error}; {_ADVICE}.") from error
    where = "the bytes of the pipeline"
    check_weights(files, parse_card(files[CARD], where=where), where=where)
    return files
