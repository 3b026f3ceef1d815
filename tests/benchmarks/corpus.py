"""Makes a corpus of any size out of real articles, for the benchmarks of builds: `python -m … COUNT FILE`.

Each article is some sentences of the bundled articles (or of other files), drawn by chance, in which the
names of two words and the years are others: four of five names are new, the rest are in the news again and
again, as in the 171 Wikinews articles of 2019. Texts are short, so that a run over many ends; the same seed
gives the same corpus.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kg.articles import read_articles, samples_folder
from kg.types import Article
from tests.benchmarks.synthetic import FIRST_DAY, KNOWN, KNOWN_SHARE, SEED, invented_name

SENTENCES = 4
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST, _SHORTEST = 300, 40
"""Characters of a sentence that is taken."""


def articles(sources: Iterable[Path | str] | None = None, *, seed: int = SEED) -> Iterator[Article]:
    """Articles without end, in the order of their ids."""
    chance = random.Random(seed)
    pool = sorted(
        {sentence for article in read_articles(sources or [samples_folder()]) for sentence in _cut(article)}
    )
    known = [_person(chance) for _ in range(KNOWN)]
    weights = [1 / rank for rank in range(1, KNOWN + 1)]
    number = 0
    while True:
        names: dict[str, str] = {}

        def other(found: re.Match[str], names: dict[str, str] = names) -> str:
            if found[0] not in names:
                is_known = chance.random() < KNOWN_SHARE
                names[found[0]] = chance.choices(known, weights)[0] if is_known else _person(chance)
            return names[found[0]]

        text = " ".join(_NAME.sub(other, sentence) for sentence in chance.sample(pool, SENTENCES))
        text = _YEAR.sub(lambda _: str(chance.randrange(2000, 2025)), text)
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(3_650))
        yield Article(id=f"report-{number:07}", text=text, date=day, source="Synthetic News")
        number += 1


def write(file: Path, count: int, sources: Iterable[Path | str] | None = None) -> None:
    """Writes so many articles as JSON Lines."""
    with file.open("w", encoding="utf-8") as out:
        for one in islice(articles(sources), count):
            said = {"id": one.id, "text": one.text, "date": str(one.date), "source": one.source}
            out.write(json.dumps(said) + "\n")


def _cut(article: Article) -> Iterator[str]:
    for paragraph in article.text.splitlines():
        for sentence in _SENTENCE.split(paragraph):
            if _SHORTEST <= len(sentence) <= _LONGEST and sentence[-1:] in ".!?":
                yield sentence


def _person(chance: random.Random) -> str:
    return f"{invented_name(chance)} {invented_name(chance)}"


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
