"""The settings of a training run, read from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from kg.errors import ModelError

DEFAULT = Path(__file__).with_name("settings.toml")
_Section = TypeVar("_Section")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSettings:
    """Which encoder training starts from."""

    package: str
    """The Python package that holds it; needed at training time only."""
    sha256: tuple[str, ...]
    """The checksums of the weights files that are accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSettings:
    """How sentences are put together, in pieces."""

    shortest: int
    longest: int
    batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Sizes of the heads, and dropout."""

    arcs: int
    labels: int
    dropout: float
    head_dropout: float
    shapes: bool = True
    """Whether the network sees how words are written; false only to measure what that is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossSettings:
    """The weight of each task."""

    arcs: float
    relations: float
    tags: float
    edits: float
    entities: float
    sentences: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseSettings:
    """Shares of the sentences (for `names` and `mentions`, of the names in them) that are changed, 0–1."""

    title: float
    upper: float
    lower: float
    unmarked: float
    names: float
    mentions: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSettings:
    """One stage of training: the teachers, the student, or the student once more."""

    layers: int
    passes: int
    encoder_rate: float
    head_rate: float
    count: int = 1
    """How many networks are trained, each with a seed of its own."""
    distilled: float = 0.0
    """Share of the loss that comes from the teachers, 0–1."""
    rounded: int = 0
    """In how many of the last passes the network feels what int8 will do to it."""
    kept: float = 0.0
    """Share of the student in the network that is shipped, where it was trained again, 0–1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a run depends on, besides the corpora."""

    seed: int
    encoder: EncoderSettings
    windows: WindowSettings
    model: ModelSettings
    losses: LossSettings
    noise: NoiseSettings
    teacher: StageSettings
    student: StageSettings
    again: StageSettings


def read_settings(path: Path = DEFAULT, changes: Iterable[str] = ()) -> Settings:
    """The settings of a TOML file.

    Args:
        path: The file.
        changes: What is to be otherwise, as `section.name=value`, the value as TOML writes it.

    Raises:
        ModelError: If the file cannot be read, or a section or value is missing or unknown.

    >>> read_settings().student.layers
    4
    >>> read_settings(changes=["teacher.passes=2"]).teacher.passes
    2
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"The training settings {str(path)!r} cannot be read: {error}.") from error
    for change in changes:
        _change(data, change)
    hints = get_type_hints(Settings)
    sections = {name: _section(hints[name], name, data.get(name)) for name in hints if name != "seed"}
    return Settings(seed=int(data.get("seed", 1)), **sections)


def _change(data: dict[str, Any], change: str) -> None:
    try:
        ((section, values),) = tomllib.loads(change).items()
        data.setdefault(section, {}).update(values)
    except (tomllib.TOMLDecodeError, ValueError, AttributeError, TypeError) as error:
        raise ModelError(
            f"The change {change!r} of the training settings is not understood; write section.name=value."
        ) from error


def _section(kind: type[_Section], name: str, values: object) -> _Section:
    if not isinstance(values, dict):
        raise ModelError(f"The training settings lack the section [{name}]; see {DEFAULT.name}.")
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every section is a dataclass
    unknown = sorted(values.keys() - known)
    if unknown:
        raise ModelError(f"The training settings have unknown values in [{name}]: {', '.join(unknown)}.")
    try:
        return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in values.items()})
    except TypeError as error:
        raise ModelError(f"The section [{name}] of the training settings is incomplete: {error}.") from error
