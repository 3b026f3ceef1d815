"""The relations that were read against their articles (`precision_sample.tsv`): whether all are there."""

from __future__ import annotations

import csv
from collections import Counter

from tests.conftest import ROOT

SAMPLE = ROOT / "tests" / "gold" / "precision_sample.tsv"


def rows() -> list[dict[str, str]]:
    lines = SAMPLE.read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_sample_has_twenty_relations_of_each_of_five_articles() -> None:
    assert sorted(Counter(row["article"] for row in rows()).values()) == [20] * 5


def test_every_relation_has_a_verdict_and_every_wrong_one_a_reason() -> None:
    assert {row["verdict"] for row in rows()} == {"right", "wrong"}
    assert all(row["note"] for row in rows() if row["verdict"] == "wrong")


def test_evidence_lies_within_the_articles(shared) -> None:
    from kg.articles import read_articles

    texts = {a.id: a.text for a in read_articles([shared / "articles" / "wikinews-2019.jsonl"])}
    assert all(0 <= int(row["start"]) < int(row["end"]) <= len(texts[row["article"]]) for row in rows())
