"""Writes the solutions of SELECT and the answer of ASK, in the four formats of SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from kg.errors import ExportError
from kg.store.results.json_format import JsonForm
from kg.store.results.output import Cut, Out, Written
from kg.store.results.rows import Form, Row
from kg.store.results.text_formats import CsvForm, TsvForm
from kg.store.results.xml_format import XmlForm

SOLUTION_FORMATS: Mapping[str, type[Form]] = MappingProxyType(
    {"json": JsonForm, "xml": XmlForm, "csv": CsvForm, "tsv": TsvForm}
)
"""The formats by name."""

_BATCH = 512
"""Rows that are encoded and handed on together; more gained nothing."""


def write_solutions(names: Sequence[str], rows: Iterable[Row], format_: str, out: Out) -> Written:
    r"""Writes solutions, and cuts them between two rows where the output takes no more.

    Args:
        names: The variables, without their question marks.
        rows: A term for each variable, None where it is unbound; an error that it raises goes through.
        format_: One of `SOLUTION_FORMATS`.
        out: Where to.

    Raises:
        ExportError: The format cannot hold a character of a term (XML), or there is no such format.

    >>> from kg.store.results import in_memory
    >>> pieces = bytearray()
    >>> write_solutions(["who", "what"], [(None, None)], "tsv", in_memory(pieces)).rows
    1
    >>> bytes(pieces)
    b'?who\t?what\n\t\n'
    """
    form = _form(format_)(names)
    out.write(form.opening().encode())
    given = iter(rows)
    count, cut = 0, None
    while cut is None and (batch := list(islice(given, min(_BATCH, out.rows - count)))):
        texts = form.rows(batch)
        taken, cut = _hand_on(form, texts, out, is_first=not count)
        count += taken
    if cut is None and next(given, None) is not None:
        cut = Cut(reason="rows", limit=out.rows)
    out.write(form.closing(cut).encode())
    return Written(rows=count, cut=cut)


def write_answer(answer: bool, format_: str, out: Out) -> Written:
    """Writes the answer of ASK; in CSV and TSV, which have no form for it, as a word.

    Raises:
        ExportError: There is no such format.

    >>> from kg.store.results import in_memory
    >>> pieces = bytearray()
    >>> written = write_answer(True, "json", in_memory(pieces))
    >>> bytes(pieces)
    b'{"head": {}, "boolean": true}'
    """
    out.write(_form(format_).answer(answer).encode())
    return Written(rows=1)


def _form(format_: str) -> type[Form]:
    try:
        return SOLUTION_FORMATS[format_]
    except KeyError:
        raise ExportError(
            f"Solutions have no format {format_!r}; choose one of {', '.join(SOLUTION_FORMATS)}."
        ) from None


def _hand_on(form: Form, texts: Sequence[str], out: Out, *, is_first: bool) -> tuple[int, Cut | None]:
    """Writes what fits of some rows, and gives how many those were."""
    whole = form.between.join(texts).encode()
    if not is_first:
        whole = form.between.encode() + whole
    if out.written + len(whole) <= out.size:
        out.write(whole)
        return len(texts), None
    taken = list(_fitting(form, texts, out.size - out.written, is_first=is_first))
    out.write(b"".join(taken))
    return len(taken), Cut(reason="bytes", limit=out.size)


def _fitting(form: Form, texts: Sequence[str], room: int, *, is_first: bool) -> Iterator[bytes]:
    """The first rows of those, with what stands before each, that take no more than so many bytes."""
    between = b"" if is_first else form.between.encode()
    for text in texts:
        piece = between + text.encode()
        room -= len(piece)
        if room < 0:
            return
        yield piece
        between = form.between.encode()
