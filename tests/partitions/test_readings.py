"""Reading a run of articles, packing what comes of it, and keeping it as parts."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.builder import BuildOptions, add_articles
from kg.errors import ArticleError, LanguageError, ModelError, WorkerError
from kg.partitions import Reading, Settings, version_of
from kg.partitions.packing import AS_IT_IS, COMPRESSED, pack, unpack
from kg.partitions.parts import Parts
from kg.partitions.readings import FAULTS, read_partition
from kg.rdf.articles import this_software
from kg.store import Store
from kg.store.importing import import_rdf
from kg.store.incoming import incoming_of, read_incoming
from kg.types import Article
from tests.builders import make_extraction
from tests.test_builder import fake_extractor

SETTINGS = Settings(extractor=fake_extractor)
NAMES = ("Ana", "Bo", "Cy", "Hizbolla", "Hezbolla")


def articles(count):
    return [
        Article(id=f"a{n}", text=f"{NAMES[n % 5]} met {NAMES[n % 3]}. {NAMES[n % 2]} met Cole.")
        for n in range(count)
    ]


def failing(error, *ids):
    """An extractor that raises over some articles, and reads all of a batch before it gives any."""

    def extract(batch):
        kept = list(batch)
        if any(article.id in ids for article in kept):
            raise error
        yield from fake_extractor(kept)

    return extract


def fingerprint(path):
    with Store.open(path) as store:
        assert store.is_finished
        return store.fingerprint()


# ---- what one article does wrong


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_fault_over_one_article_ends_with_it(kind):
    settings = Settings(extractor=failing(kind("odd"), "a2", "a5"))
    found = list(read_partition(articles(8), settings))
    read = [one.identifier for one in found if isinstance(one, Reading)]
    problems = [one for one in found if isinstance(one, ArticleError)]
    assert read == ["a0", "a1", "a3", "a4", "a6", "a7"]
    assert [one.place for one in problems] == ["a2", "a5"]
    assert f"could not be read: {kind.__name__}: " in str(problems[0])


def test_article_that_is_refused_keeps_its_message():
    settings = Settings(extractor=failing(ArticleError("It has no words; leave it out.", place="a1"), "a1"))
    assert [str(one) for one in read_partition(articles(2), settings) if isinstance(one, ArticleError)] == [
        "It has no words; leave it out."
    ]


def test_error_that_is_no_article_s_is_raised():
    with pytest.raises(ModelError, match="weights"):
        list(read_partition(articles(2), Settings(extractor=failing(ModelError("No weights."), "a1"))))


def test_interruption_is_no_fault_of_an_article():
    with pytest.raises(KeyboardInterrupt):
        list(read_partition(articles(2), Settings(extractor=failing(KeyboardInterrupt(), "a1"))))


# ---- versions


@pytest.mark.parametrize("change", [{"text": "Bo."}, {"title": "Talks"}, {"url": "https://news.example/1"}])
def test_version_tells_what_differs(change):
    article = Article(id="a", text="Ana.")
    assert version_of(article) != version_of(replace(article, **change))
    assert version_of(article) == version_of(replace(article, id="b"))


# ---- packing


def test_what_is_packed_is_unpacked():
    outcomes = [*read_partition(articles(5), SETTINGS), LanguageError("It is in German.", place="b")]
    found = list(unpack(pack(outcomes)))
    for before, after in zip(outcomes[:5], found[:5], strict=True):
        assert replace(after, quads=()) == replace(before, quads=())
        assert set(after.quads) == set(before.quads)
    assert (type(found[5]), str(found[5]), found[5].place) == (LanguageError, "It is in German.", "b")


def test_pack_is_the_same_byte_for_byte():
    assert len({pack(read_partition(articles(5), SETTINGS)) for _ in range(2)}) == 1


def test_pack_is_a_file_of_n_quads():
    data = gzip.decompress(pack(read_partition(articles(3), SETTINGS)))
    graphs = {quad.graph_name for quad in ox.parse(data, ox.RdfFormat.N_QUADS)}
    assert len(graphs) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-20],
        lambda _: b"",
        lambda _: gzip.compress(b"{}\n"),
        lambda _: gzip.compress(b"# {}\n<a"),
    ],
    ids=["cut", "empty", "no head", "other"],
)
def test_damaged_pack_is_told(damage):
    with pytest.raises(WorkerError, match="is damaged"):
        list(unpack(damage(pack(read_partition(articles(3), SETTINGS)))))


def test_incoming_is_the_same_from_quads_as_from_the_extraction():
    with Store.in_memory() as store:
        made = incoming_of(make_extraction(), store.vocabulary, this_software("m"), store.base)
        read = read_incoming([*made.quads, *made.derived[-4:]], store.vocabulary)
    assert (read.identifier, read.article, read.entities) == (made.identifier, made.article, made.entities)
    assert (set(read.quads), set(read.derived)) == (set(made.quads), set(made.derived))


@pytest.mark.parametrize("level", [AS_IT_IS, COMPRESSED])
def test_reading_carries_what_a_store_takes_also_when_packed(level):
    with Store.in_memory() as store:
        readings = list(read_partition(articles(3), SETTINGS))
        unpacked = list(unpack(pack(readings, level=level)))
        assert unpacked == readings
        for reading in (*readings, *unpacked, *unpack(pack(unpacked))):
            read = read_incoming(reading.quads, store.vocabulary)
            found = reading.incoming
            assert found is not None
            assert (found.identifier, found.article, found.entities) == (
                read.identifier,
                read.article,
                read.entities,
            )
            assert (set(found.quads), set(found.derived)) == (set(read.quads), set(read.derived))
    [bare] = unpack(pack([replace(readings[0], incoming=None)]))
    assert bare.incoming is None


@pytest.mark.parametrize(
    "quads", [[], [ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c"))]]
)
def test_quads_that_are_no_article_are_refused(quads):
    with Store.in_memory() as store, pytest.raises(ValueError, match="not those of one article"):
        read_incoming(quads, store.vocabulary)


# ---- parts


def build(out, given, **options):
    return add_articles(given, out, extractor=fake_extractor, options=BuildOptions(**options))


def test_parts_are_not_read_again(tmp_path):
    parts = str(tmp_path / "parts")
    build(tmp_path / "one", articles(70), parts=parts)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").iterdir()}
    report = build(tmp_path / "two", articles(70), parts=parts)
    assert report.added == 70
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").iterdir()} == before
    assert len(before) == 2
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_parts_of_other_settings_are_others():
    parts = Parts("memory://other-settings")
    names = {parts.name_of(articles(2), replace(SETTINGS, min_confidence=least)) for least in (None, 0.5)}
    assert len(names | {parts.name_of(articles(3), SETTINGS)}) == 3


def test_parts_of_another_format_are_not_found(monkeypatch):
    parts = Parts("memory://other-format")
    before = parts.name_of(articles(2), SETTINGS)
    monkeypatch.setattr("kg.partitions.parts.FORMAT", 1)
    assert parts.name_of(articles(2), SETTINGS) != before


def test_parts_can_be_imported(tmp_path):
    build(tmp_path / "built", articles(70), parts=str(tmp_path / "parts"))
    import_rdf(sorted((tmp_path / "parts").glob("*.nq.gz")), tmp_path / "imported")
    assert fingerprint(tmp_path / "imported") == fingerprint(tmp_path / "built")


def test_parts_on_another_file_system(tmp_path):
    assert build(tmp_path / "graph", articles(3), parts="memory://kg-parts").added == 3


def test_part_that_is_damaged_is_told_and_made_anew(tmp_path):
    parts = tmp_path / "parts"
    build(tmp_path / "one", articles(3), parts=str(parts))
    (part,) = parts.iterdir()
    part.write_bytes(part.read_bytes()[:-10])
    with pytest.raises(WorkerError, match="is damaged"):
        build(tmp_path / "two", articles(3), parts=str(parts))
    assert build(tmp_path / "two", articles(3), parts=str(parts)).added == 3


@pytest.mark.parametrize("url", ["nothing://parts", "/proc/parts"])
def test_parts_that_cannot_be_written_are_told(tmp_path, url):
    with pytest.raises(WorkerError, match=r"The parts at .* cannot be read or written"):
        build(tmp_path / "graph", articles(1), parts=url)


# ---- partitions


@hypothesis_settings(deadline=None, max_examples=25)
@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12), order=st.randoms(use_true_random=False))
def test_graph_does_not_depend_on_the_partitions(sizes, order):
    """Runs of any lengths, read and stored in any order, in any batches."""
    given_articles = articles(sum(sizes))
    order.shuffle(given_articles)
    taken = iter(given_articles)
    partitions = [[next(taken) for _ in range(size)] for size in sizes]
    with Store.in_memory() as one, Store.in_memory() as other:
        for store, runs in ((one, [sorted(given_articles, key=lambda a: a.id)]), (other, partitions)):
            with store.adding():
                for run in runs:
                    outcomes = unpack(pack(read_partition(run, SETTINGS)))
                    store.put([read_incoming(outcome.quads, store.vocabulary) for outcome in outcomes])
            store.judge()
        assert one.fingerprint() == other.fingerprint()
