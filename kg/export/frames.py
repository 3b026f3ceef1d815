"""Answers to queries as data frames, with a type for each column whose values have one in common."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyoxigraph as ox

from kg.store import QueryResult
from kg.store.queries import Term, value_of
from kg.vocabulary import XSD

if TYPE_CHECKING:
    Series = pd.Series[Any]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_LOCAL = re.compile(r"[A-Za-z_][\w-]*(\.[\w-]+)*")
"""Names that need no escape behind a prefix (SPARQL 1.1, PN_LOCAL)."""


def result_frame(result: QueryResult, prefixes: Mapping[str, str]) -> pd.DataFrame:
    """The rows of an answer as a data frame, a column a variable.

    Args:
        result: Of a SELECT.
        prefixes: With which IRIs are shortened; empty to give them in full.

    >>> result_frame(QueryResult(kind="select", variables=("n",), terms=((ox.Literal(7),),)), {})["n"].dtype
    Int64Dtype()
    """
    columns = [[row[number] for row in result.terms] for number in range(len(result.variables))]
    named = {number: _column(column, prefixes) for number, column in enumerate(columns)}
    frame = pd.DataFrame(named, index=range(len(result.terms)))
    frame.columns = pd.Index(list(result.variables))
    return frame


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI with the longest prefix that fits, or as it is.

    >>> shortened("https://example.org/a#b", {"ex": "https://example.org/a#"})
    'ex:b'
    """
    fitting = [(len(base), prefix) for prefix, base in prefixes.items() if base and iri.startswith(base)]
    length, prefix = max(fitting, default=(0, ""))
    return f"{prefix}:{iri[length:]}" if length and _LOCAL.fullmatch(iri[length:]) else iri


def _column(terms: Sequence[Term | None], prefixes: Mapping[str, str]) -> Series:
    kinds = {term.datatype if isinstance(term, ox.Literal) else None for term in terms if term is not None}
    values = [_value(term, prefixes) for term in terms]
    for datatypes, make in _MAKERS.items():
        if kinds and kinds <= datatypes:
            made = make(values)
            if made is not None:
                return made
    return pd.Series(values, dtype=object).infer_objects()


def _value(term: Term | None, prefixes: Mapping[str, str]) -> Any:  # noqa: ANN401 - as a cell may hold
    value = value_of(term)
    return shortened(str(value), prefixes) if isinstance(term, ox.NamedNode) else value


def _whole(values: Sequence[Any]) -> Series | None:
    fits = all(value is None or (isinstance(value, int) and abs(value) < 2**63) for value in values)
    return pd.Series(values, dtype="Int64") if fits else None


def _numbers(values: Sequence[Any]) -> Series | None:
    fits = all(value is None or isinstance(value, int | float) for value in values)
    return pd.Series(values, dtype="float64") if fits else None


def _truths(values: Sequence[Any]) -> Series | None:
    return pd.Series(values, dtype="boolean")


def _days(values: Sequence[Any]) -> Series | None:
    return _times_like(values, _DAY)


def _times(values: Sequence[Any]) -> Series | None:
    return _times_like(values, _TIME)


def _times_like(values: Sequence[Any], form: re.Pattern[str]) -> Series | None:
    """The times of a form; None if some are none, or have a time zone beside some without."""
    found = [form.fullmatch(value) for value in values if value is not None]
    zones = {match.re.groups > 1 and bool(match[2]) for match in found if match}
    if not all(found) or len(zones) > 1:
        return None
    try:
        times = [None if value is None else _utc(value) for value in values]
    except (ValueError, OverflowError):  # such as a 30th of February
        return None
    # By NumPy, since pandas 2 reads no year before 1678.
    read = pd.Series(np.array(times, dtype="datetime64[ms]"))
    return read.dt.tz_localize("UTC") if zones == {True} else read


def _utc(text: str) -> datetime.datetime:
    """The time of a text, in UTC where it has a time zone; without one either way, as NumPy takes it."""
    time = datetime.datetime.fromisoformat(text)
    return time.astimezone(datetime.UTC).replace(tzinfo=None) if time.tzinfo else time


_INTEGERS = frozenset({XSD.integer})
_DECIMALS = frozenset({XSD.decimal, ox.NamedNode(f"{XSD.base}double"), ox.NamedNode(f"{XSD.base}float")})
_MAKERS: Mapping[frozenset[ox.NamedNode], Callable[[Sequence[Any]], Series | None]] = MappingProxyType(
    {
        _INTEGERS: _whole,
        _INTEGERS | _DECIMALS: _numbers,
        frozenset({XSD.boolean}): _truths,
        frozenset({XSD.date}): _days,
        frozenset({XSD.dateTime}): _times,
    }
)
"""What makes a column of values whose datatypes are all among some."""
