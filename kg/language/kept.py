"""Records that a document keeps: extension attributes that go from one process to another with it.

spaCy hands documents between processes (`nlp.pipe(n_process=…)`) and stores them (`DocBin`) as bytes, which
our records are not. They are pickled here, all of one document together, and read back with nothing but the
package's own records allowed, so that foreign bytes can run no code.
"""

from __future__ import annotations

import datetime
import io
import pickle
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum

import srsly  # type: ignore[import-untyped]  # has no types of its own
from spacy.tokens import Doc

_KEY = "kg"


class Kept:
    """What the components have set on one document, by attribute."""

    def __init__(self, values: dict[str, object] | None = None) -> None:
        self.values = values or {}


def keep(name: str, *, default: object) -> None:
    """Register an extension attribute of documents whose value may hold records.

    >>> import spacy
    >>> keep("example", default=())
    >>> doc = spacy.blank("en")("A text.")
    >>> doc._.example = ({"a", "b"} - {"a"}, datetime.date(2020, 5, 1))
    >>> Doc(doc.vocab).from_bytes(doc.to_bytes())._.example
    ({'b'}, datetime.date(2020, 5, 1))
    """
    Doc.set_extension(
        name,
        getter=lambda doc: (
            doc.user_data[_KEY].values.get(name, default) if _KEY in doc.user_data else default
        ),
        setter=lambda doc, value: doc.user_data.setdefault(_KEY, Kept()).values.update({name: value}),
        force=True,
    )


class _Reader(pickle.Unpickler):
    """Reads records of the package, enumerations and dates, and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if module.startswith("kg."):
            found = super().find_class(module, name)
            if is_dataclass(found) or (isinstance(found, type) and issubclass(found, Enum)):
                return found
        if (module, name) == ("datetime", "date"):
            return datetime.date
        raise pickle.UnpicklingError(
            f"A document keeps a {module}.{name}, which is no record of this package."
        )


def _encode(value: object, chain: Callable[[object], object] | None = None) -> object:
    if isinstance(value, Kept):
        return {"__kg__": pickle.dumps(value.values)}
    return chain(value) if chain is not None else value


def _decode(value: object, chain: Callable[[object], object] | None = None) -> object:
    if isinstance(value, dict) and isinstance(kept := value.get("__kg__"), bytes):
        return Kept(_Reader(io.BytesIO(kept)).load())
    return chain(value) if chain is not None else value


# `Doc.to_bytes` and `Doc.from_bytes` ask these for what msgpack does not know.
srsly.msgpack_encoders.register("kg_kept", func=_encode)
srsly.msgpack_decoders.register("kg_kept", func=_decode)
