"""Scores what was read against what people wrote down.

Relations against gold facts are here; the language part is scored by `treebanks`, `parsing` and `speed`.
"""

from kg.evaluation.calibration import Bin, calibration_errors, reliability, reliability_table
from kg.evaluation.claims import DETAILS, Claim, fold, read_gold, read_relations, relations_from_rows
from kg.evaluation.scoring import LEVELS, Evaluation, Score, agree, evaluate, match

__all__ = [
    "DETAILS",
    "LEVELS",
    "Bin",
    "Claim",
    "Evaluation",
    "Score",
    "agree",
    "calibration_errors",
    "evaluate",
    "fold",
    "match",
    "read_gold",
    "read_relations",
    "relations_from_rows",
    "reliability",
    "reliability_table",
]
