"""The fingerprint of a graph: SHA-256 of its canonical form.

The canonical form is that of RDF Dataset Canonicalization (RDFC-1.0, W3C 2024): canonical N-Quads (its
appendix A), sorted by code point. Labels of blank nodes, which a graph of ours has none of, depend on the
quads that hold blank nodes alone (section 4.4.3, step 2), so only those are ever held together.
"""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

import pyoxigraph as ox

CHUNK = 200_000
"""Lines that are sorted at once, some 80 MB. Where there are more, sorted parts wait in files."""


def fingerprint(quads: Iterable[ox.Quad], *, chunk: int = CHUNK) -> str:
    """SHA-256 of the canonical N-Quads of a dataset, in hexadecimal; the same for every order of its quads.

    Args:
        quads: Those of the dataset, each once.
        chunk: Lines that are sorted at once, which bounds the memory.

    >>> fingerprint([])[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    with ExitStack() as files:
        parts = list(sorted_parts(_canonical_lines(quads), chunk, files))
        for line in heapq.merge(*parts):
            digest.update(line)
    return digest.hexdigest()


def sorted_parts(lines: Iterator[bytes], chunk: int, files: ExitStack) -> Iterator[Iterable[bytes]]:
    """Lines in sorted parts, for `heapq.merge`; all but the last are kept in files that `files` closes.

    UTF-8 sorts as code points do.

    >>> list(sorted_parts(iter([b"b", b"a"]), 10, ExitStack()))
    [[b'a', b'b']]
    """
    while len(part := sorted(islice(lines, chunk))) == chunk:
        yield _kept(part, files)
    yield part


def _canonical_lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """The quads in canonical N-Quads, in no order."""
    unlabelled = ox.Dataset()
    for quad in quads:
        if _holds_blank_node(quad):
            unlabelled.add(quad)
        else:
            yield f"{quad} .\n".encode()  # Oxigraph escapes as the canonical form wants it
    unlabelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    yield from (f"{quad} .\n".encode() for quad in unlabelled)


def _holds_blank_node(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _kept(part: list[bytes], files: ExitStack) -> IO[bytes]:
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (`files` closes it)
    file.writelines(part)
    file.seek(0)
    return file
