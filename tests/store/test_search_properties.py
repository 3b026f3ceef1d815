"""What holds of search whatever is stored and whatever is typed."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kg.errors import SearchError
from kg.store.search import KINDS, search
from kg.store.search.folding import LONGEST, plain_words, spellings
from kg.store.search.matching import MOST_WORDS, understood
from tests.store.searching import index_from, thing

ANY = st.text(max_size=200) | st.text('ab "*()^-:+AND OR NOT NEAR,{}\0\ud800', max_size=40)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(plain_words)
LETTERS = st.text(st.characters(categories=["L", "Zs", "Pd"]), min_size=1, max_size=20).filter(str.strip)
FEW = st.lists(NAMES, min_size=1, max_size=6, unique=True)


@pytest.fixture(scope="module")
def index():
    chance = random.Random(3)
    letters = string.ascii_lowercase[:8]
    made = [
        " ".join("".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(3))
        for _ in range(500)
    ]
    with index_from([thing(name, relations=number % 7) for number, name in enumerate(made)]) as built:
        yield built


@given(words=ANY, types=st.sets(st.sampled_from(KINDS)), limit=st.integers(1, 5))
def test_any_text_is_answered(index, words, types, limit):
    page = search(index, words, types=types, limit=limit)
    assert len(page.hits) == min(page.total, limit)
    assert (page.after is None) == (page.total <= limit)
    for hit in page.hits:
        ends = [place for span in hit.spans for place in span]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(hit.matched) for place in ends)
        assert all(start < end for start, end in hit.spans)


@given(after=st.text(max_size=60))
def test_any_cursor_is_answered_or_refused(index, after):
    try:
        found = search(index, "a", after=after).hits
    except SearchError:
        found = None
    assert found is None or len(found) <= 20


@given(words=ANY)
def test_same_words_give_the_same(index, words):
    assert search(index, words) == search(index, words)


@given(words=st.text("abcdefgh ", min_size=1, max_size=12), limit=st.integers(1, 7))
def test_pages_are_slices_of_the_whole(index, words, limit):
    whole = search(index, words, limit=60)
    found, after = [], None
    while len(found) < len(whole.hits):
        page = search(index, words, limit=limit, after=after)
        found += page.hits
        after = page.after
    assert tuple(found[: len(whole.hits)]) == whole.hits


@given(words=ANY)
def test_scores_never_rise_and_links_never_within_a_score(index, words):
    keys = [(-hit.score, -hit.relations, -hit.mentions, hit.iri) for hit in search(index, words).hits]
    assert keys == sorted(keys)


@given(FEW)
@example(["'s"])
@example(["The", "the the"])
@example(["İ", "ﬀ", "ẞ"])
def test_entity_is_found_by_each_of_its_names(names):
    with index_from([thing("x", *names, relations=1), thing("Other One")]) as index:
        for name in names:
            first = search(index, name).hits[0]
            assert (first.id, first.score) == ("x", 1.0), name


@given(FEW)
def test_names_differ_in_score_from_their_words_only(names):
    """Whatever else is stored, a whole name is found with the best score."""
    with index_from([thing(name, relations=number) for number, name in enumerate(names)]) as index:
        for name in names:
            hits = search(index, name, limit=100).hits
            assert name in [hit.name for hit in hits if hit.score == 1.0]


@given(LETTERS, st.integers(1, 30))
@example("Al-Badr", 6)
@example("J. K. Stone", 4)
@example("𑻱A", 1)
@example("𑻲A", 1)
def test_entity_is_found_by_the_beginning_of_its_name(name, size):
    begun = name[:size]
    assume(any(letter.isalnum() for letter in begun) and plain_words(begun))
    with index_from([thing(name), thing("Other One")]) as index:
        assert name in [hit.name for hit in search(index, begun).hits], begun


LONG = st.lists(st.text(string.ascii_lowercase, min_size=4, max_size=9), min_size=2, max_size=4).map(" ".join)


@given(LONG, st.randoms(use_true_random=False))
def test_name_with_one_edit_is_found_among_the_first(index, name, chance):
    place = chance.choice([place for place, letter in enumerate(name) if letter != " "])
    letter = chance.choice(string.ascii_lowercase)
    edited = chance.choice(
        (
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place + 1 :],
            name[:place] + letter + name[place:],
        )
    )
    with index_from([thing(name), *(thing(f"{a}{b}") for a in "abcd" for b in "efgh")]) as made:
        short = [word for word in edited.split() if len(word) < 4 and word not in name.split()]
        assume(not short)  # of three letters none may be wrong
        assert name in [hit.name for hit in search(made, edited).hits], edited


@given(st.text(max_size=500))
def test_folded_words_are_plain(text):
    for words in spellings(text):
        assert words
        assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)


@given(st.text(max_size=3000))
def test_what_is_typed_is_bounded(text):
    typed = understood(text)
    assert len(typed.variants) <= 6
    assert all(len(words) <= MOST_WORDS for words in typed.variants)
    assert sum(len(word) for words in typed.variants for word in words) <= 60 * LONGEST


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_case_makes_no_difference(text):
    assume(text.casefold() == text.upper().casefold())
    assert plain_words(text.upper()) == plain_words(text.lower())
