"""The closed sets of labels that a network was trained on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kg.errors import ModelError

NAME_TYPES = ("PER", "ORG", "LOC", "EVENT")
ENTITY_TYPES = (*NAME_TYPES, "DATE")
ENTITY_LABELS = ("O", *(f"{place}-{kind}" for kind in ENTITY_TYPES for place in "BI"))


# How the labels of each list are written.
_FORMS = {
    "tags": re.compile(r"[^|]+\|[^|]+(\|.+)?"),
    "edits": re.compile(r"keep|=.+|[lc]\d+\+.*", re.DOTALL),
    "relations": re.compile(r".+"),
    "entities": re.compile(r"O|[BI]-.+"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What each output of the network means, in the order of its columns."""

    tags: tuple[str, ...]
    """`UPOS|XPOS|Feature=Value|…`, the features in the order of the treebank."""
    edits: tuple[str, ...]
    """Edit scripts that make a lemma of a form; see `kg.language.lemmas`."""
    relations: tuple[str, ...]
    """Dependency labels of Universal Dependencies, with subtypes."""
    entities: tuple[str, ...] = ENTITY_LABELS
    """IOB2 labels."""

    def to_json(self) -> dict[str, list[str]]:
        """The labels as plain lists."""
        return {name: list(values) for name, values in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Labels:
        """The labels of plain lists.

        Raises:
            ModelError: If a list is missing or holds something else than labels of its kind.

        >>> Labels.from_json(Labels(tags=("X|FW",), edits=(), relations=()).to_json()).tags
        ('X|FW',)
        """
        return cls(
            tags=_texts(data, "tags"),
            edits=_texts(data, "edits"),
            relations=_texts(data, "relations"),
            entities=_texts(data, "entities"),
        )


def _texts(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = data.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ModelError(f"The labels of the weights lack the list {name!r}; install the weights again.")
    wrong = next((value for value in values if not _FORMS[name].fullmatch(value)), None)
    if wrong is not None:
        raise ModelError(f"{wrong!r} is no label of the list {name!r}; install the weights again.")
    return tuple(values)
