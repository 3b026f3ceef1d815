"""Scores extracted relations against facts that were written down by hand."""

from kg.evaluation.claims import DETAILS, Claim, fold, read_gold, read_relations, relations_from_rows
from kg.evaluation.scoring import LEVELS, Evaluation, Score, agree, evaluate, match

__all__ = [
    "DETAILS",
    "LEVELS",
    "Claim",
    "Evaluation",
    "Score",
    "agree",
    "evaluate",
    "fold",
    "match",
    "read_gold",
    "read_relations",
    "relations_from_rows",
]
