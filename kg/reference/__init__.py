"""The ontology for people and for other tools: whether it is well formed, and pages that explain its terms.

Reads Turtle files as OWL 2 and SHACL, also a user's own; what extraction takes of them: `kg.vocabulary`.
"""

from __future__ import annotations

from kg.reference.checking import Check, check_files
from kg.reference.problems import Problem

__all__ = ["Check", "Problem", "check_files"]
