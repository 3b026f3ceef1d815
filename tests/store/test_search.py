"""Search finds what is meant, however it is spelled, and the best first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import SearchError, StoreError
from kg.store import Store
from kg.store.search import Index, keeping, search, writing
from kg.store.search.keeping import keep_index
from kg.store.search.writing import write_index
from tests.builders import make_extraction
from tests.store.searching import contents, index_from, names, thing

ROOT = Path(__file__).parents[2]
THINGS = (
    thing("Recep Erdoğan", relations=9),
    thing("Volodymyr Zelensky", "Zelensky", relations=8),
    thing("Gerd Müller", relations=7),
    thing("Robert Mueller", relations=6),
    thing("Ana Bell", "A. B. Bell", relations=5, wikidata="Q1000"),
    thing("Ana Bellamy", relations=20),
    thing("Bo Cole", "Mayor Cole", relations=4),
    thing("B. Cole", relations=1),
    thing("Sana'a", kind="place", relations=3),
    thing("Al-Badr Brigade", kind="organization"),
    thing("Yun Suk-yeol"),
    thing("习近平"),
    thing("J. K. Stone"),
    thing("The Hague", kind="place"),
    thing("Bank for Foreign Trade", "BFT", kind="organization", relations=2),
    thing("World Trade Centre", kind="place"),
    thing("Łódź", kind="place"),
    thing("Øresund", kind="place"),
    thing("Weißenburg", kind="place"),
    thing("Q&A", kind="thing"),
    thing("!!!", kind="organization"),
    thing("🙂", kind="thing"),
    thing("2018 Cup", kind="event"),
    thing("2019 Cup", kind="event"),
    thing("عمر", kind="person"),
)


@pytest.fixture(scope="module")
def index():
    with index_from(THINGS) as made:
        yield made


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Erdogan", "Recep Erdoğan"),
        ("ERDOĞAN", "Recep Erdoğan"),
        ("Erdog\u0306an", "Recep Erdoğan"),
        ("Эрдоган", "Recep Erdoğan"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Zelensky", "Volodymyr Zelensky"),
        ("Зеленский", "Volodymyr Zelensky"),
        ("Зеленський", "Volodymyr Zelensky"),
        ("Volodimir Zelensky", "Volodymyr Zelensky"),
        ("zelensky volodymyr", "Volodymyr Zelensky"),
        ("Zelensky, Volodymyr", "Volodymyr Zelensky"),
        ("Vol Zel", None),
        ("Volodymyr Zel", "Volodymyr Zelensky"),
        ("Muller", "Gerd Müller"),
        ("Müller", "Gerd Müller"),
        ("Mueller", "Gerd Müller"),
        ("gerd mü", "Gerd Müller"),
        ("gerd mue", "Gerd Müller"),
        ("Robert Müller", "Robert Mueller"),
        ("Robert Muller", "Robert Mueller"),
        ("G. Müller", "Gerd Müller"),
        ("g muller", "Gerd Müller"),
        ("V.Zelensky", "Volodymyr Zelensky"),
        ("sanaa", "Sana'a"),
        ("Sana’a", "Sana'a"),
        ("sana", "Sana'a"),
        ("al badr", "Al-Badr Brigade"),
        ("albadr", "Al-Badr Brigade"),
        ("al-badr brigades", "Al-Badr Brigade"),
        ("Yun Sukyeol", "Yun Suk-yeol"),
        ("suk yeol yun", "Yun Suk-yeol"),
        ("Xi Jinping", "习近平"),
        ("习近", "习近平"),
        ("jk stone", "J. K. Stone"),
        ("J.K. Stone", "J. K. Stone"),
        ("stone j", "J. K. Stone"),
        ("hague", "The Hague"),
        ("the hague", "The Hague"),
        ("th", "The Hague"),
        ("BFT", "Bank for Foreign Trade"),
        ("bft", "Bank for Foreign Trade"),
        ("B.F.T.", "Bank for Foreign Trade"),
        ("world trade center", "World Trade Centre"),
        ("wrold trade", "World Trade Centre"),
        ("lodz", "Łódź"),
        ("oresund", "Øresund"),
        ("oeresund", "Øresund"),
        ("weissenburg", "Weißenburg"),
        ("q and a", "Q&A"),
        ("q&a", "Q&A"),
        ("!!!", "!!!"),
        ("!!", "!!!"),
        ("🙂", "🙂"),
        ("Q1000", "Ana Bell"),
        ("q1000", "Ana Bell"),
        ("https://example.org/Ana%20Bell", "Ana Bell"),
        ("2018 cup", "2018 Cup"),
        ("2017 cup", None),
        ("عمر", "عمر"),
        ("Mayor Cole", "Bo Cole"),
        ("Ana Cole", None),
        ("Bxll", "Ana Bell"),
        ("Be", "Ana Bellamy"),
        ("bo_cole", "Bo Cole"),
        ("zlens", "Volodymyr Zelensky"),
        ("volodymyr zxlens", "Volodymyr Zelensky"),
        ("erxx", None),
    ],
)
def test_search_finds_first(index, typed, name):
    assert next(iter(names(index, typed)), None) == name


def test_exact_names_come_before_beginnings_and_those_before_misspelled_ones():
    index = index_from([thing("Bell"), thing("Bellamy", relations=9), thing("Belle Ile"), thing("Bull")])
    assert names(index, "bell") == ["Bell", "Bellamy", "Belle Ile", "Bull"]
    assert [hit.score for hit in search(index, "bell").hits] == [1.0, 0.75, 0.75, 0.5]


def test_whole_names_come_before_words_of_them():
    assert names(index_from([thing("Oslo Bank", relations=9), thing("Oslo")]), "oslo") == [
        "Oslo",
        "Oslo Bank",
    ]


def test_one_edit_comes_before_two():
    index = index_from(
        [thing("Honcharok", relations=1), thing("Honcharuuk Oh", relations=0), thing("Hancharok")]
    )
    assert names(index, "honcharuk") == ["Honcharok", "Honcharuuk Oh", "Hancharok"]


def test_short_words_are_not_misspelled():
    index = index_from([thing("Ana"), thing("Honcharuk")])
    assert names(index, "ann") == []
    assert names(index, "hnc") == []


def test_beginning_is_misspelled_only_where_nothing_else_fits():
    index = index_from([thing("Honcharuk", relations=9), thing("Honbar")])
    assert [(hit.name, hit.score) for hit in search(index, "honbar").hits] == [("Honbar", 1.0)]
    (hit,) = search(index, "hocnhar").hits
    assert (hit.name, hit.score, hit.spans) == ("Honcharuk", 0.2, ((0, 9),))


def test_more_linked_comes_first_then_iri_decides():
    things = [thing("Bell C"), thing("Bell B"), thing("Bell A", mentions=1), thing("Bell Z", relations=1)]
    assert names(index_from(things), "bell") == ["Bell Z", "Bell A", "Bell B", "Bell C"]


def test_initial_stands_for_a_name_in_both_directions(index):
    assert names(index, "b cole") == ["B. Cole", "Bo Cole"]
    assert names(index, "Bo Cole") == ["Bo Cole", "B. Cole"]


def test_thing_is_given_once_by_its_best_name():
    page = search(index_from([thing("Ana Bell", "Ana", "Bella Ana")]), "ana")
    assert [(hit.name, hit.matched, hit.other_names) for hit in page.hits] == [("Ana Bell", "Ana", 2)]
    assert page.total == 1


def test_hit_tells_all_that_is_known():
    made = index_from([thing("Ana Bell", relations=3, mentions=7, country="NOR", wikidata="Q5")])
    (hit,) = search(made, "ana").hits
    assert (hit.iri, hit.id) == ("https://example.org/Ana Bell", "Ana Bell")
    assert (hit.type, hit.country, hit.wikidata) == ("person", "NOR", "Q5")
    assert (hit.relations, hit.mentions, hit.score) == (3, 7, 0.9)


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("Ana Bell", "bell", ["Bell"]),
        ("Ana Bell", "be", ["Be"]),
        ("Ana Bell", "bell ana", ["Ana", "Bell"]),
        ("Ana Bell", "bxll", ["Bell"]),
        ("Ana Müller", "muel", ["Mül"]),
        ("Ana Müller", "ana mu", ["Ana", "Mü"]),
        ("Al-Badr Brigade", "albadr", ["Al-Badr"]),
        ("Al-Badr Brigade", "al-badr", ["Al", "Badr"]),
        ("Al-Badr Brigade", "albadr brig", ["Al-Badr", "Brig"]),
        ("U.S. Navy", "us", ["U.S."]),
        ("习近平", "xi", ["习"]),
        ("B. Cole", "bo cole", ["B.", "Cole"]),
    ],
)
def test_spans_are_what_fits(name, typed, marked):
    (hit,) = search(index_from([thing(name)]), typed).hits
    assert [hit.matched[start:end] for start, end in hit.spans] == marked


def test_what_is_found_by_id_has_no_spans(index):
    (hit,) = search(index, "Q1000").hits
    assert (hit.matched, hit.spans) == ("Q1000", ())


def test_types_narrow(index):
    assert names(index, "a", types=["place"]) == []
    assert names(index, "s", types=["place"]) == ["Sana'a"]
    assert names(index, "cole", types=("person", "place")) == ["Bo Cole", "B. Cole"]


@pytest.mark.parametrize(
    "after", ["", "x", "ab", "é", "\ud800", "W10", "WzEsMiwzXQ", "WzEsMiwzLDRd", "A" * 20_000]
)
def test_cursor_that_none_gave_is_refused(index, after):
    with pytest.raises(SearchError, match="not where a page ended"):
        search(index, "ana", after=after)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_limit_out_of_range_is_refused(index, limit):
    with pytest.raises(SearchError, match="not between 1 and 1000"):
        search(index, "ana", limit=limit)


def test_unknown_type_is_refused(index):
    with pytest.raises(SearchError, match="no type 'planet'; choose one of person, "):
        search(index, "ana", types=["planet"])


def pages(index, words, limit, **options):
    """All pages, one after another."""
    after, found = None, []
    while True:
        page = search(index, words, limit=limit, after=after, **options)
        found.append(page)
        after = page.after
        if after is None:
            return found


def test_things_are_put_in_order_on_disk_as_in_memory(monkeypatch):
    several = [
        thing(
            f"Ana Bell{place}", *("Nana", "Ünal \U0001f54a")[: place % 3], relations=place % 4, country="NOR"
        )
        for place in range(20)
    ]
    several += [
        thing(f"Bo{place}", mentions=place % 3, identifiers=("Q",), wikidata="Q1") for place in range(20)
    ]
    with index_from(several) as index:
        in_memory = contents(index)
    monkeypatch.setattr(writing, "_AT_ONCE", 6)
    with index_from(reversed(several)) as index:
        assert contents(index) == in_memory
        kept = index.connection.execute("SELECT * FROM temp.sqlite_master WHERE name = 'waiting'")
        assert kept.fetchall() == []


def test_index_in_memory_needs_no_disk_to_put_things_in_order(monkeypatch):
    places = []

    def noted(things, connection, about):
        places.append(connection.execute("PRAGMA temp_store").fetchone()[0])
        write_index(things, connection, about)

    monkeypatch.setattr(keeping, "write_index", noted)
    with Store.in_memory() as store, keeping.make_index(store.data, store.vocabulary, store.base):
        assert places == [2]  # MEMORY


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_give_all_once_in_order(limit):
    things = [thing(f"Bell {n}", relations=n // 3) for n in range(10)] + [thing("Bellamy"), thing("Bull")]
    index = index_from(things)
    every = names(index, "bell", limit=100)
    found = pages(index, "bell", limit)
    assert [hit.name for page in found for hit in page.hits] == every
    assert {page.total for page in found} == {12}
    assert len(found) == -(-12 // limit)


def test_cursor_holds_in_an_index_that_was_made_anew():
    things = [thing(f"Bell {letter}", relations=number) for number, letter in enumerate("fedcba")]
    first = search(index_from(things), "bell", limit=3)
    changed = [one for one in things if one.name != first.hits[-1].name] + [thing("Bell z", relations=99)]
    after = search(index_from(changed), "bell", after=first.after)
    assert [hit.name for hit in after.hits] == ["Bell d", "Bell e", "Bell f"]


ODD = (
    "", " ", "\0", "a\0b", '"', "'", "*", "a*", '"a" OR "b"', "NEAR(a b, 2)", "a AND", "words: a", "-a", "^a",
    "(", "a)b(", "\\", "%", "_", "\ud800", "a\udfffb", "🙂🙂🙂", "\u202eanA", "\ufeff", "\u0301", "ﷺ" * 50,
    "\n\t\r", "x" * 10_000, "aeiou rstu " * 1_000, "'; DROP TABLE names; --", "ana" + "\u0301" * 5_000,
    "\x7f", "a" * 400 + "b",
    "\U0010ffff", "i̇", "İ", "ſ", "ǆ", "１２", "½", "a.b.c.d.e.f", "://", "http://", "- - -",
)  # fmt: skip


@pytest.mark.parametrize("words", ODD, ids=lambda words: repr(words)[:20])
def test_odd_text_is_answered(index, words):
    page = search(index, words, types=("person", "article", "relation"))
    assert page.total >= len(page.hits) >= 0
    page.hits and search(index, words, types=("person", "article"), after=page.after)


def test_empty_words_find_nothing(index):
    assert search(index, " \n").total == 0
    assert search(index, "").after is None


@pytest.fixture(scope="module")
def store():
    store = Store.in_memory()
    with store.adding():
        store.add(make_extraction("Ana Bell met Bo Cole in Oslo.", ends=("Ana Bell", "Bo Cole")))
        store.add(make_extraction("Anna Bell met Bo Cole.", article_id="a2", ends=("Anna Bell", "Bo Cole")))
    store.judge()
    return store


def test_graph_is_found_by_entities_and_sentences(store):
    from kg.store.search.opening import index_of

    with index_of(store) as index:
        assert [(h.name, h.relations, h.mentions) for h in search(index, "cole").hits] == [("Bo Cole", 2, 2)]
        found = search(index, "met in oslo", types=["relation"])
        assert [hit.name for hit in found.hits] == ["Ana Bell met Bo Cole in Oslo."]
        assert found.hits[0].iri in {quad.subject.value for quad in store.data}


def test_index_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(StoreError, match="no index of names"):
        Index.open(tmp_path / "search.sqlite")
    (tmp_path / "search.sqlite").write_bytes(b"junk" * 1000)
    with pytest.raises(StoreError, match="no index of names"):
        Index.open(tmp_path / "search.sqlite")


def test_damage_is_told(tmp_path, store):
    keep_index(tmp_path, store.data, store.vocabulary, store.base, "1")
    file = tmp_path / "search.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match=r"damaged|no index"), Index.open(file) as index:
        search(index, "ana")


_WITHOUT_FILES = """
import os, resource, sys
from kg.store.search import Index, search
index = Index.open(sys.argv[1])
lowest = os.open("/dev/null", os.O_RDONLY)
os.close(lowest)
resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))
try:
    os.open("/dev/null", os.O_RDONLY)
except OSError:
    found = [hit.name for words in ("ana", "Bxll", "co") for hit in search(index, words).hits]
    print(*found, search(index, "met", types=["relation"], limit=1).total)
"""


def test_search_opens_no_file_once_the_index_is_open(tmp_path, store):
    keep_index(tmp_path, store.data, store.vocabulary, store.base, "1")
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_FILES, str(tmp_path / "search.sqlite")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == "Ana Bell Ana Bell Anna Bell Bo Cole 2".split(), done.stderr
