"""The encoder that training starts from: MiniLM-L6, from a Python package, its checksum pinned."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from kg.errors import ModelError
from kg.training.settings import EncoderSettings

WEIGHTS = "model.safetensors"
PIECES = "vocab.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """Weights by name, and the vocabulary of word pieces."""

    weights: Mapping[str, NDArray[np.float32]]
    pieces: tuple[str, ...]
    sha256: str


def load_encoder(settings: EncoderSettings, folder: Path | None = None) -> Encoder:
    """The encoder of a folder, or of the installed package where no folder is given.

    Raises:
        ModelError: If it is not there, or is not the file that the settings name.
    """
    folder = folder or _installed(settings.package)
    try:
        digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
        pieces = (folder / PIECES).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"The encoder in {str(folder)!r} cannot be read: {error}.") from error
    if digest not in settings.sha256:
        raise ModelError(f"The encoder in {str(folder)!r} is not the expected file: its sha256 is {digest}.")
    weights = {name: array.astype(np.float32) for name, array in load_file(folder / WEIGHTS).items()}
    return Encoder(weights=weights, pieces=tuple(pieces), sha256=digest)


def halve(source: Path, target: Path) -> str:
    """Writes the encoder of one folder to another in half precision; gives the sha256 of the new weights."""
    target.mkdir(parents=True, exist_ok=True)
    names = {name: array for name, array in load_file(source / WEIGHTS).items() if array.dtype == np.float32}
    save_file({name: array.astype(np.float16) for name, array in names.items()}, target / WEIGHTS)
    (target / PIECES).write_bytes((source / PIECES).read_bytes())
    return hashlib.sha256((target / WEIGHTS).read_bytes()).hexdigest()


def _installed(package: str) -> Path:
    spec = importlib.util.find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModelError(f"The package {package!r} is not installed; install the extra `train`.")
    return Path(spec.origin).parent / "model"
