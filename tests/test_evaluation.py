"""Scoring relations against gold."""

import importlib.util
import json
import random

import pytest

from kg.errors import EvaluationError
from kg.evaluation import LEVELS, Claim, evaluate, fold, match, read_gold, read_relations


def claim(subject="a", object_="b", relation_class="AID", status="asserted", **fields):
    return Claim(
        subject=frozenset(subject.split()), object=frozenset(object_.split()),
        relation_class=relation_class, status=status, **fields,
    )  # fmt: skip


def f1s(facts, relations):
    scores = evaluate({"x": facts}, {"x": relations}).scores
    return [round(scores[level].f1, 2) for level in LEVELS]


CASES = [
    ("same", claim(), claim(), [1, 1, 1]),
    ("alias", claim("a c"), claim("c d"), [1, 1, 1]),
    ("class differs", claim(), claim(relation_class="AGREE"), [1, 0, 0]),
    ("status differs", claim(), claim(status="planned"), [1, 1, 0]),
    ("swapped", claim(), claim("b", "a"), [0, 0, 0]),
    ("swapped symmetric", claim(symmetric=True), claim("b", "a"), [1, 1, 1]),
]


@pytest.mark.parametrize(("fact", "relation", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_levels(fact, relation, expected):
    assert f1s([fact], [relation]) == expected


def test_core_facts_are_matched_first():
    facts = [claim(is_core=False), claim()]
    assert match(facts, [claim()], "full") == {1: 0}


def test_matching_is_a_largest_one():
    facts = [claim("a c"), claim("a")]
    assert match(facts, [claim("a"), claim("c")], "full") == {0: 1, 1: 0}


def test_precision_counts_extras_and_recall_does_not():
    score = evaluate({"x": [claim(is_core=False), claim("z")]}, {"x": [claim()]}).scores["full"]
    assert (score.precision, score.recall) == (1.0, 0.0)


def test_other_articles_do_not_count():
    assert evaluate({"x": [claim()]}, {"y": [claim()]}).scores["pair"].relations == 0


def test_details_count_full_matches_that_state_them():
    gold = claim(details={"time": "2026", "place": "oslo"})
    found = evaluate({"x": [gold]}, {"x": [claim(details={"time": "2026"})]})
    assert found.details == {"time": (1, 1), "place": (0, 1), "attribution": (0, 0)}


@pytest.mark.parametrize(
    ("name", "folded"), [("The U.S.", "us"), ("Erdoğan's", "erdogan"), ("Kılıç", "kilic")]
)
def test_fold(name, folded):
    assert fold(name) == folded


def test_missing_gold_is_told(tmp_path):
    with pytest.raises(EvaluationError, match=r"There is no gold .* name the folder"):
        read_gold(tmp_path / "none")


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "cannot be read as JSON Lines"), ('{"article": "x"}', r"r\.jsonl:1: this is no rel")],
)
def test_bad_relations_are_told(tmp_path, line, message):
    (tmp_path / "r.jsonl").write_text(line)
    with pytest.raises(EvaluationError, match=message):
        read_relations(tmp_path / "r.jsonl")


def shuffled_rows(gold_folder, seed):
    """Relations made by damaging the gold in every way that is scored."""
    chance = random.Random(seed)
    for file in sorted(gold_folder.glob("*.jsonl")):
        facts = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for fact in chance.sample(facts, len(facts) * 2 // 3):
            ends = [
                fact["subject"],
                chance.choice(facts)["object"] if chance.random() < 0.3 else fact["object"],
            ]
            ends = ends[::-1] if chance.random() < 0.3 else ends
            yield {
                "article": file.stem,
                "subject": {"name": ends[0], "aliases": []},
                "object": {"name": ends[1]},
                "predicate": fact["predicate"],
                "class": fact["class"] if chance.random() < 0.8 else "OTHER",
                "status": chance.choice(["asserted", fact["status"]]),
                "time": fact["time"] if chance.random() < 0.5 else None,
                "place": {"name": fact["place"]} if fact["place"] else None,
            }


@pytest.mark.parametrize("seed", range(3))
def test_scores_are_those_of_the_reference_scorer(shared, tmp_path, seed, monkeypatch, capsys):
    file = tmp_path / "relations.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in shuffled_rows(shared / "gold", seed)))
    ours = evaluate(read_gold(shared / "gold"), read_relations(file))
    spec = importlib.util.spec_from_file_location("reference", shared / "tools" / "score_relations.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    monkeypatch.setattr("sys.argv", ["score", str(shared / "gold"), str(file), "--json"])
    reference.main()
    theirs = json.loads(capsys.readouterr().out)
    for level in LEVELS:
        score = ours.scores[level]
        assert [round(v, 3) for v in (score.precision, score.recall, score.f1)] == list(
            theirs[level].values()
        )
    assert {name: f"{a}/{b}" for name, (a, b) in ours.details.items()} == {n: theirs[n] for n in ours.details}
