"""Our own annotated articles: what the files of `annotations/` say, as facts to learn from.

A file `<article>.json` has the entities of an article and its facts, by the guidelines of the gold; the words
that carry a fact are given as character offsets into the article's text, which is not in the project.
`annotations/README.md` says how they were made, and their licence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg.errors import EvaluationError
from kg.evaluation import Claim, fold

FOLDER = Path(__file__).parent / "annotations"


def read_annotations(folder: Path = FOLDER) -> dict[str, list[Claim]]:
    """The facts of each annotated article, by article id, in the order of the files.

    Raises:
        EvaluationError: A file is not as `annotations/README.md` says.

    >>> "wikinews-2019-003" in read_annotations()  # doctest: +SKIP
    True
    """
    return {file.stem: facts_of(file) for file in sorted(folder.glob("*.json"))}


def facts_of(file: Path) -> list[Claim]:
    """The facts of one file.

    Raises:
        EvaluationError: The file is not as `annotations/README.md` says.
    """
    try:
        content = json.loads(file.read_text("utf-8"))
        names = [names_of_entry(entity) for entity in content["entities"]]
        return [
            claim_of_fact(fact, names[fact["subject"]], names[fact["object"]]) for fact in content["facts"]
        ]
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise EvaluationError(f"{str(file)!r} is no file of annotations ({error!r}); restore it.") from error


def names_of_entry(entity: Mapping[str, object]) -> frozenset[str]:
    """The folded names of an annotated entity."""
    aliases = entity.get("aliases", [])
    others = aliases if isinstance(aliases, list) else []
    return frozenset(fold(str(name)) for name in (entity["name"], *others)) - {""}


def claim_of_fact(fact: Mapping[str, object], subject: frozenset[str], object_: frozenset[str]) -> Claim:
    """One annotated fact, reduced to what is compared."""
    return Claim(
        subject=subject,
        object=object_,
        relation_class=str(fact["class"]),
        status=str(fact["status"]),
        symmetric=bool(fact.get("symmetric")),
        is_core=fact["tier"] == "core",
        words=str(fact["predicate"]),
    )
