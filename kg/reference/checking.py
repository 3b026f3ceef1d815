"""Checks ontology files: the package's own, or a user's on top of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.reference.lint import check_terms, terms_of
from kg.reference.problems import Problem
from kg.reference.profile import check_profile
from kg.reference.triples import OWL, Triples, package_files, read_triples, short
from kg.vocabulary import BASE, ontology_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a check of ontology files found."""

    files: tuple[Path, ...]
    """Those that were checked, without what they build on."""
    terms: int
    """How many terms they define."""
    problems: tuple[Problem, ...]
    """Sorted by term."""


def check_files(files: Sequence[Path] = (), *, shapes: Path | None = None) -> Check:
    """Checks Turtle files for OWL 2 RL, and for what every term should have.

    They are read together with the package's ontology, which they may build on. A file that is of the same
    owl:Ontology as one of the package takes its place.

    Args:
        files: The files; none for those of the package.
        shapes: SHACL shapes for the terms of the files. Without them, only the package's own terms are asked
            for a shape.

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.

    >>> check_files().problems
    ()
    """
    package = package_files()
    own = tuple(files) or tuple(package)
    context = _not_replaced(package, own) if files else []
    triples = read_triples([*context, *own])
    asked = read_triples([ontology_folder() / "shapes.ttl", *([shapes] if shapes else [])])
    problems = [*check_profile(triples), *check_terms(triples, asked)]
    if shapes is None:
        theirs = {short(term) for term in terms_of(triples) if not term.startswith(BASE)}
        problems = [found for found in problems if not (found.rule == "shape" and found.term in theirs)]
    return Check(files=own, terms=len(terms_of(read_triples(own))), problems=tuple(sorted(problems)))


def _not_replaced(package: Sequence[Path], own: Sequence[Path]) -> list[Path]:
    """The package's files of which none of the user's is a version."""
    named = _ontologies(read_triples(own))
    return [path for path in package if not named & _ontologies(read_triples([path]))]


def _ontologies(triples: Triples) -> set[str]:
    return {node.value for node in triples.of_type(OWL + "Ontology")}
