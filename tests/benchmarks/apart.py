"""Asks rdflib's own store in a process of its own, with a limit for each question, and writes CPU seconds.

`python -m tests.benchmarks.apart` reads JSON of a file, of prefixes and of cases (query, values, limit in
seconds) from standard input, and writes the seconds of each case as a line; where it was stopped the limit.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Mapping

import rdflib


class OutOfTimeError(Exception):
    """A query has had its seconds."""


def seconds_of(data: rdflib.Dataset, case: Mapping, prefixes: Mapping[str, str]) -> float:
    """The CPU seconds of one query read to its end, or its limit."""
    values = {name: term(*said) for name, said in case["values"].items()}
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, case["limit"])
    try:
        for _ in data.query(case["text"], initNs=dict(prefixes), initBindings=values):
            pass
    except OutOfTimeError:
        return float(case["limit"])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


def term(value: str, kind: str | None) -> rdflib.URIRef | rdflib.Literal:
    """An IRI where that is the kind, else a literal of that datatype."""
    return rdflib.URIRef(value) if kind == "iri" else rdflib.Literal(value, datatype=kind)


def stop(number: int, frame: object) -> None:
    """Ends the query at work."""
    raise OutOfTimeError


if __name__ == "__main__":
    given = json.load(sys.stdin)
    signal.signal(signal.SIGPROF, stop)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(given["file"], format="nquads")
    for asked in given["cases"]:
        sys.stdout.write(f"{seconds_of(dataset, asked, given['prefixes'])}\n")
        sys.stdout.flush()
