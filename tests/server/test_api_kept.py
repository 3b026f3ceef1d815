"""Answers that took long are kept, within bounds."""

from kg.server.api.kept import Kept


def test_quick_and_large_answers_are_not_kept():
    kept = Kept(most=10)
    kept.put(("g", "quick"), b"1", seconds=0.01)
    kept.put(("g", "large"), b"1" * 11, seconds=1)
    assert kept.get(("g", "quick")) is kept.get(("g", "large")) is None


def test_questions_count_as_answers_do():
    kept = Kept(most=100)
    kept.put(("g", "x" * 100), b"1", seconds=1)
    assert kept.get(("g", "x" * 100)) is None
    for number in range(5):
        kept.put(("g", f"{number}" * 40), b"1", seconds=1)
    assert [kept.get(("g", f"{number}" * 40)) for number in range(5)] == [None, None, None, b"1", b"1"]


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(most=14)
    for name in "ab":
        kept.put(("g", name), name.encode() * 4, seconds=1)
    assert kept.get(("g", "a")) == b"aaaa"
    kept.put(("g", "c"), b"cccc", seconds=1)
    assert [kept.get(("g", name)) for name in "abc"] == [b"aaaa", None, b"cccc"]


def test_keeping_again_counts_once():
    kept = Kept(most=14)
    for _ in range(5):
        kept.put(("g", "a"), b"1" * 6, seconds=1)
    kept.put(("g", "b"), b"1" * 4, seconds=1)
    assert kept.get(("g", "a")) is not None
