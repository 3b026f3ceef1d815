"""What the shipped pipeline takes for the same in plain texts (`chains.txt`, which says how to read it)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction
from kg.types import Article

pytestmark = pytest.mark.model

PUBLISHED = datetime.date(2019, 5, 10)


def cases() -> Iterator[object]:
    """The expectations of the file, each with its text."""
    text = ""
    for line in Path(__file__).with_name("chains.txt").read_text("utf-8").splitlines():
        if line.startswith("  "):
            wanted, _, reason = line.strip().partition("  xfail ")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(text, wanted, id=f"{wanted} in {text}", marks=marks)
        elif line and not line.startswith("#"):
            text = line


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.extraction.load()


def cluster_at(doc: Doc, name: str) -> int | None:
    """The number of the cluster that a word of the text belongs to; None where it has none."""
    word, _, number = name.partition("#")
    token = [token for token in doc if token.text == word][int(number or 1) - 1]
    phrases = [n for n, phrase in enumerate(doc._.phrases) if phrase.start <= token.i < phrase.end]
    heads = [n for n in phrases if doc._.phrases[n].head == token.i] or phrases
    return next((n for n, cluster in enumerate(doc._.clusters) if set(heads[:1]) & {*cluster.phrases}), None)


@pytest.mark.parametrize(("text", "expectation"), [*cases()])
def test_chains_of_a_text(nlp: Language, text: str, expectation: str) -> None:
    doc = nlp(kg.extraction.document(nlp, Article(id="a1", text=text, date=PUBLISHED)))
    name, sign, *others = expectation.replace("+ ", "").split()
    found = cluster_at(doc, name)
    cluster = doc._.clusters[found] if found is not None else None
    if others == ["nobody"]:
        assert cluster is None or (len(cluster.phrases) == 1 and not cluster.parts)
    elif len(others) > 1:
        assert cluster is not None
        assert set(cluster.parts) == {cluster_at(doc, other) for other in others}
    else:
        same = found is not None and found == cluster_at(doc, others[0])
        assert same is (sign == "=")
