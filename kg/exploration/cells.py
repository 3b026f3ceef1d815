"""Counts over all relations of a graph, made by the engine, which counts faster than we read."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.exploration.reading import Reader, local_name, period
from kg.exploration.records import Basis, When
from kg.rdf.quads import term_text
from kg.vocabulary import PREFIXES

_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPED = re.compile(r"\\(.)")
"""What TSV writes for characters that cells cannot hold (SPARQL 1.1 Query Results CSV and TSV, section 4)."""
_QUERIES = Path(__file__).parent.parent / "queries" / "exploration"
Cells: TypeAlias = Counter[tuple[When | None, str | None]]
"""How many relations there are of some days and a value."""


@cache
def query_text(name: str) -> str:
    """A query of this package, with its prefixes.

    >>> "GROUP BY" in query_text("statuses")
    True
    """
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    return declared + (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def read_queries() -> None:
    """Reads all queries, so that no file need be opened when they are asked."""
    for file in sorted(_QUERIES.glob("*.rq")):
        query_text(file.stem)


def solutions(
    reader: Reader, name: str, given: Mapping[str, ox.NamedNode] | None = None
) -> Iterator[ox.QuerySolution]:
    """The solutions of a query of this package.

    Args:
        reader: Of the graph.
        name: Of the query.
        given: Terms that variables of its projection stand for.
    """
    found = _asked(reader, name, given)
    if isinstance(found, ox.QuerySolutions):  # as all of this package are
        yield from found


def rows_of(
    reader: Reader, name: str, given: Mapping[str, ox.NamedNode] | None = None
) -> Iterator[list[str]]:
    """The solutions of a query of this package as cells of SPARQL 1.1 TSV; see `iri_in` and `text_in`.

    The engine writes them in half the time in which it hands terms over one by one.
    """
    found = _asked(reader, name, given)
    if not isinstance(found, ox.QuerySolutions):  # as all of this package are
        return
    lines = io.BytesIO(found.serialize(format=ox.QueryResultsFormat.TSV) or b"")
    next(lines, None)  # the names of the variables
    for line in lines:
        yield line.decode()[:-1].split("\t")


def iri_in(cell: str) -> str:
    """The IRI of a cell; empty where it holds none.

    >>> iri_in("<https://example.org/a>"), iri_in('"a"'), iri_in("")
    ('https://example.org/a', '', '')
    """
    return cell[1:-1] if cell.startswith("<") and not cell.startswith("<<") else ""


def text_in(cell: str) -> str | None:
    r"""The text of a cell's literal; None where it is empty.

    >>> text_in('"a \\"b\\""@en'), text_in("0.5"), text_in("true"), text_in("")
    ('a "b"', '0.5', 'true', None)
    """
    if not cell.startswith('"'):
        return cell or None
    text = cell[1 : cell.rindex('"')]
    return _ESCAPED.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text


def counted(reader: Reader, name: str) -> Counter[str]:
    """How often each value occurs, by its IRI."""
    return Counter({value: count for (value,), count in _rows(reader, name, "value")})


def relations_by_article(reader: Reader) -> Counter[str]:
    """How many relations each article states, by its IRI."""
    return Counter({article: count for (article,), count in _rows(reader, "cells", "article")})


def cells_of(reader: Reader, split: str | None) -> Cells:
    """All relations by their days and a value.

    Args:
        reader: Of the graph.
        split: `status` or `class`; None for no value.
    """
    suffix, value = ("", ()) if split is None else (f"_by_{split}", ("value",))
    named = _names(reader)
    found: Cells = Counter()
    untimed: Counter[tuple[str, ...]] = Counter()
    for key, count in _rows(reader, f"cells{suffix}", "article", *value):
        untimed[key] += count
    for (article, time, *rest), count in _rows(reader, f"times{suffix}", "article", "time", *value):
        when = period(time, Basis.RELATION)
        if when is not None:
            found[when, _named(rest, named)] += count
            untimed[article, *rest] -= count
    for (iri, *rest), count in untimed.items():
        found[period(reader.published(iri), Basis.ARTICLE), _named(rest, named)] += count
    return +found


def _asked(
    reader: Reader, name: str, given: Mapping[str, ox.NamedNode] | None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    bound = {ox.Variable(variable): term for variable, term in (given or {}).items()}
    return reader.data.query(query_text(name), substitutions=bound or None)


def _rows(reader: Reader, name: str, *variables: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The values of a query's variables, and its count."""
    for row in solutions(reader, name):
        yield tuple(term_text(row[variable]) for variable in variables), int(row["count"].value)


def _names(reader: Reader) -> dict[str, str]:
    """Names of statuses by IRI; those of classes are the ends of theirs."""
    return {concept.iri: status.value for status, concept in reader.vocabulary.statuses.items()}


def _named(value: Iterable[str], names: Mapping[str, str]) -> str | None:
    return next((names.get(iri, local_name(iri)) for iri in value), None)
