"""Explains what was extracted: why a relation is in a graph, and where one was lost that is not.

An article is read again with the same pipeline, and what each component said is shown. So an explanation can
never say other than what the code does; where the code has changed since, it says that.
"""

from kg.explanation.reasons import NotFoundAgainError, why
from kg.explanation.records import Explanation, Refusal, Stage
from kg.explanation.refusals import why_not
from kg.explanation.telling import explanation_lines, refusal_lines

__all__ = [
    "Explanation",
    "NotFoundAgainError",
    "Refusal",
    "Stage",
    "explanation_lines",
    "refusal_lines",
    "why",
    "why_not",
]
