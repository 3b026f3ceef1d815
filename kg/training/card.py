"""The card of the weights: what they were trained on, how good they are, and their checksums."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.language import weights
from kg.training.settings import Settings

DATA = Path(__file__).with_name("data.json")
_PACKAGES = ("torch", "onnx", "onnxruntime", "numpy", "spacy", "lemminflect")
_NAME = "kg-minilm"
_LICENSE = "CC-BY-SA-4.0"


def make_card(
    files: Mapping[str, bytes], *, settings: Settings, encoder: str, scores: Mapping[str, Any], log: list[str]
) -> dict[str, Any]:
    """The card of the given files.

    Args:
        files: The files of the weights folder.
        settings: The settings of the run.
        encoder: The sha256 of the encoder that training started from.
        scores: The scores, by set.
        log: What was trained, a line a stage.
    """
    return {
        "name": _NAME,
        "license": _LICENSE,
        "encoder": {"package": settings.encoder.package, "sha256": encoder, "license": "Apache-2.0"},
        "data": json.loads(DATA.read_text(encoding="utf-8")),
        "seed": settings.seed,
        "settings": asdict(settings),
        "stages": log,
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in _PACKAGES},
        "scores": scores,
        "sha256": {name: hashlib.sha256(files[name]).hexdigest() for name in weights.FILES},
    }


def pack_card(card: Mapping[str, Any]) -> bytes:
    """The card as the content of its file."""
    return (json.dumps(card, ensure_ascii=False, indent=1) + "\n").encode()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
