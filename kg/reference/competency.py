"""The competency questions: what the ontology is to answer, as SPARQL files with a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import VocabularyError
from kg.vocabulary import ontology_folder

_HEADER = re.compile(r"# question: (?P<question>[^\n]+\?)\n# needs: (?P<needs>[a-z ]+)\n")
NEEDS = frozenset({"none", "ontology", "inferred", "registry"})
"""What can be needed beside the articles: the ontology, what `kg infer` adds, the registry of actors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyQuestion:
    """A question with its query."""

    path: Path
    """The query; the expected answer stands beside it, in a file that ends in `.csv`."""
    question: str
    """The question in plain words."""
    needs: frozenset[str]
    """What must be loaded beside the articles; empty where nothing must."""
    text: str
    """The query as it stands in the file."""


def competency_questions() -> list[CompetencyQuestion]:
    """All questions, sorted by the names of their files.

    Raises:
        VocabularyError: A file has no header, or needs what there is not.

    >>> len(competency_questions()) >= 25
    True
    """
    return [_question(path) for path in sorted((ontology_folder() / "competency").glob("*.rq"))]


def _question(path: Path) -> CompetencyQuestion:
    text = path.read_text(encoding="utf-8")
    match = _HEADER.match(text)
    needs = frozenset(match["needs"].split()) if match else frozenset()
    if match is None or not needs <= NEEDS:
        raise VocabularyError(
            f"The question {str(path)!r} must begin with '# question: …?' and '# needs: …', "
            f"of {', '.join(sorted(NEEDS))}; correct it."
        )
    return CompetencyQuestion(path=path, question=match["question"], needs=needs - {"none"}, text=text)
