"""The ontology for people and for other tools: whether it is well formed, and pages that explain its terms.

Reads Turtle files as OWL 2 and SHACL, also a user's own; what extraction takes of them: `kg.vocabulary`.
"""

from __future__ import annotations

from kg.reference.checking import Check, check_files
from kg.reference.competency import CompetencyQuestion, competency_questions
from kg.reference.problems import Problem
from kg.reference.rendering import write_reference

__all__ = [
    "Check",
    "CompetencyQuestion",
    "Problem",
    "check_files",
    "competency_questions",
    "write_reference",
]
