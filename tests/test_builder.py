"""Building a graph: reading, extracting, storing; again and again."""

import re
from dataclasses import replace
from itertools import permutations

import pyoxigraph as ox
import pytest

import kg
from kg.builder import BuildOptions, build_graph, extract_lazily, reader_of
from kg.errors import ArticleError, JudgementError, ModelError, StoreError, VocabularyError
from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store
from kg.store.builds import has_inferred, read_builds
from kg.store.sink import StoreSink
from kg.types import Evidence, Extraction
from kg.vocabulary import KG
from tests.builders import make_entity, make_relation
from tests.seeds import seed_articles

PAIR = re.compile(r"(\w+) met (\w+)\.")


def fake_extractor(articles):
    """Finds `A met B.` and nothing else."""
    for article in articles:
        relations = []
        for found in PAIR.finditer(article.text):
            evidence = Evidence(text=found[0], start=found.start(), end=found.end())
            ends = make_entity(found[1]), make_entity(found[2])
            relations.append(
                make_relation(article, ends[0], "meet", ends[1], evidence=evidence, symmetric=True)
            )
        entities = {end.id: end for r in relations for end in (r.subject, r.object)}
        yield Extraction(article=article, entities=tuple(entities.values()), relations=tuple(relations))


def build_meetings(folder):
    """Builds the graph of two articles in which Ana meets Bo, in one Bo meets Cy too; gives its folder."""
    (folder / "a.txt").write_text("Ana met Bo. Bo met Cy.")
    (folder / "b.txt").write_text("Ana met Bo.")
    build_graph([folder / "a.txt", folder / "b.txt"], folder / "graph", extractor=fake_extractor)
    return folder / "graph"


def build(folder, out, *, on_article=None, **options):
    report = build_graph(
        [folder], out, extractor=fake_extractor, options=BuildOptions(**options), on_article=on_article
    )
    return report.added, report.replaced, report.unchanged, len(report.problems)


def test_more_is_stored_at_once_the_longer_a_run_lasts(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.partitions.runs._STORED", (200, 1_000))
    sizes, put = [], StoreSink.put

    def counted(sink, articles):
        sizes.append(sum(len(one.quads) for one in articles))
        put(sink, articles)

    monkeypatch.setattr(StoreSink, "put", counted)
    lines = (f'{{"id": "a{number}", "text": "Ana met Bo."}}\n' for number in range(300))
    (tmp_path / "many.jsonl").write_text("".join(lines))
    build_graph([tmp_path / "many.jsonl"], tmp_path / "graph", extractor=fake_extractor)
    *whole, _ = filter(None, sizes)
    assert whole == sorted(whole)
    assert whole[0] < 300
    assert 900 < whole[-1] <= 1_100  # less what the default graph says


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Ana met Bo.")
    (folder / "b.jsonl").write_text('{"text": "Bo met Cy. Cy met Di."}\n{broken\n')
    return folder


def dump(path):
    with kg.open(path) as graph:
        return sorted(graph._store.data, key=str)


def test_build_stores_what_is_extracted(articles, tmp_path):
    report = build_graph([articles], tmp_path / "graph", extractor=fake_extractor)
    assert (report.added, report.relations, report.words) == (2, 3, 9)
    assert report.words_per_second > 0
    with kg.open(tmp_path / "graph") as graph:
        assert list(graph.relations()["evidence"]) == ["Ana met Bo.", "Bo met Cy.", "Cy met Di."]


def test_broken_line_is_reported_and_the_rest_is_stored(articles, tmp_path):
    report = build_graph([articles], tmp_path / "graph", extractor=fake_extractor)
    assert [problem.place for problem in report.problems] == [f"{articles / 'b.jsonl'}:2"]


def test_building_again_changes_nothing(articles, tmp_path):
    assert build(articles, tmp_path / "graph") == (2, 0, 0, 1)
    before = dump(tmp_path / "graph")
    assert build(articles, tmp_path / "graph") == (0, 0, 2, 1)
    assert dump(tmp_path / "graph") == before


def test_changed_text_takes_the_place_of_the_old(articles, tmp_path):
    build(articles, tmp_path / "graph")
    (articles / "a.txt").write_text("Ana met Di.")
    assert build(articles, tmp_path / "graph") == (0, 1, 1, 1)
    with kg.open(tmp_path / "graph") as graph:
        assert "Ana met Bo." not in list(graph.relations()["evidence"])


def test_build_goes_on_where_it_was_stopped(articles, tmp_path):
    def breaks(articles):
        yield next(fake_extractor(articles))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_graph([articles], tmp_path / "graph", extractor=breaks)
    assert build(articles, tmp_path / "graph") == (1, 0, 1, 1)


def test_one_id_for_two_texts_is_a_problem(articles, tmp_path):
    (articles / "c.jsonl").write_text('{"id": "a", "text": "Ana met Zoe."}')
    report = build_graph([articles], tmp_path / "graph", extractor=fake_extractor)
    assert "Two articles with different texts have the id 'a'" in str(report.problems[-1])


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path):
    for folder, text in {"x": "Ana met Bo.", "y": "Ana met Zoe."}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text)
    report = build_graph([tmp_path], tmp_path / "graph", extractor=fake_extractor)
    assert (report.added, report.problems) == (2, ())


@pytest.mark.parametrize("kept", ["new", "stored"])
def test_order_of_two_texts_with_one_id_does_not_matter(tmp_path, kept):
    texts = {"short": "Ana met Zoe.", "long": "Ana met Bo. Bo met Cy.", "as long": "Ana met Bo. Bo met Di."}
    for name, text in texts.items():
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "a", "text": "{text}"}}\n')
    found = set()
    for number, order in enumerate(permutations(texts)):
        out = tmp_path / f"graph{number}"
        if kept == "stored":
            build(tmp_path / f"{order[-1]}.jsonl", out)
        report = build_graph([tmp_path / f"{name}.jsonl" for name in order], out, extractor=fake_extractor)
        assert len(report.problems) == 2
        with kg.open(out) as graph:
            found.add((graph._store.fingerprint(), *(len(article.text) for article in graph.articles())))
    ((_, length),) = found
    assert length == len(texts["long"])


def test_one_id_for_two_sources_is_a_problem_and_order_does_not_matter(tmp_path):
    lines = [f'{{"id": "a", "text": "Ana met Bo.", "source": "{source}"}}\n' for source in ("X", "Y")]
    found = set()
    for number, order in enumerate((lines, lines[::-1])):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(order))
        report = build_graph([file], tmp_path / f"graph{number}", extractor=fake_extractor)
        assert "Two articles with different dates or sources have the id 'a'" in str(report.problems[0])
        with kg.open(tmp_path / f"graph{number}") as graph:
            found.add(graph._store.fingerprint())
    assert len(found) == 1


def test_extractor_may_correct_its_article(articles, tmp_path):
    def dated(given):
        for extraction in fake_extractor(given):
            yield replace(extraction, article=replace(extraction.article, title="Talks"))

    assert build_graph([articles], tmp_path / "graph", extractor=dated).added == 2


def test_article_that_comes_twice_is_read_once(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "text": "Ana met Bo."}\n' * 2)
    assert build(file, tmp_path / "graph") == (1, 0, 1, 0)


def test_order_of_articles_does_not_matter(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(
            f"Ana met Bo. Hizbolla met {'Hezbolla' * (number % 2) or 'Cy'}."
        )
    files, found = sorted(tmp_path.glob("*.txt")), set()
    for number, order in enumerate((files, files[::-1], files[2:] + files[:2])):
        build_graph(order, tmp_path / f"graph{number}", extractor=fake_extractor)
        with kg.open(tmp_path / f"graph{number}") as graph:
            found.add(graph._store.fingerprint())
    assert len(found) == 1


# ---- what is left to do, and when it was done


def test_build_finishes_what_a_killed_one_left(articles, tmp_path):
    with Store.create(tmp_path / "graph") as store, store.adding():
        for extraction in fake_extractor([kg.Article(id="a", text="Ana met Bo.")]):
            store.add(extraction)
    assert not finished(tmp_path / "graph")
    assert build(articles / "a.txt", tmp_path / "graph") == (0, 0, 1, 0)
    assert finished(tmp_path / "graph")


def finished(path):
    with Store.open(path) as store:
        return store.is_finished


def test_reader_of_an_unfinished_graph_is_told(tmp_path, caplog):
    with Store.create(tmp_path / "graph") as store:
        store.add(next(fake_extractor([kg.Article(id="a", text="Ana met Bo.")])))
        Store.open(tmp_path / "graph").close()
        assert "is not finished: it is being built, or its build was stopped" in caplog.text
        store.judge()
    caplog.clear()
    Store.open(tmp_path / "graph").close()
    assert caplog.text == ""


def test_build_keeps_when_it_ran_outside_the_fingerprint(articles, tmp_path):
    for name in ("one", "other"):
        build(articles, tmp_path / name)
    (articles / "a.txt").write_text("Ana met Di.")
    build(articles, tmp_path / "one")
    build(articles, tmp_path / "one")
    with Store.open(tmp_path / "one") as store:
        builds = read_builds(store.data, store.base)
        assert [(done.added, done.replaced) for done in builds] == [(2, 0), (0, 1)]
        assert all(done.started <= done.ended for done in builds)
        assert store.query("ASK { ?b a kg:Build ; prov:startedAtTime ?t ; prov:wasAssociatedWith ?s }").answer
        assert store.validate().conforms
        replaced = store.fingerprint()
    build(articles, tmp_path / "other")
    with Store.open(tmp_path / "other") as store:
        assert store.fingerprint() == replaced


@pytest.mark.parametrize("change", ["add", "replace", "judge", "nothing"])
def test_change_drops_what_was_inferred(articles, tmp_path, change):
    out = tmp_path / "graph"
    build(articles, out)
    with Store.open(out, read_only=False) as store:
        graph = graph_node(NamedGraph.INFERRED, store.base)
        edge = ox.Quad(ox.NamedNode("x:a"), KG.meets, ox.NamedNode("x:b"), graph)
        store.data.add(edge)
        before = store.fingerprint()
    options = BuildOptions()
    if change == "add":
        (articles / "new.txt").write_text("Di met Ed.")
    elif change == "replace":
        (articles / "a.txt").write_text("Ana met Di.")
    elif change == "judge":
        (tmp_path / "mine.csv").write_text("one,other,verdict\nAna,Bo,different\n")
        options = BuildOptions(judgements=tmp_path / "mine.csv")
    report = build_graph([articles], out, extractor=fake_extractor, options=options)
    with Store.open(out) as store:
        assert has_inferred(store.data, store.base) == (change == "nothing")
        assert (store.fingerprint() == before) == (change == "nothing")
    assert report.dropped_inferred == (change != "nothing")


def test_progress_names_every_article(articles, tmp_path):
    told = []
    build(articles, tmp_path / "graph", on_article=told.append)
    build(articles, tmp_path / "graph", on_article=told.append)
    assert told == ["a", "b-1"] * 2


def test_missing_path_makes_no_graph(tmp_path):
    with pytest.raises(ArticleError, match="There is no file or folder"):
        build_graph([tmp_path / "none"], tmp_path / "graph", extractor=fake_extractor)
    assert not (tmp_path / "graph").exists()


def test_folder_that_is_no_graph_is_left_alone(articles, tmp_path):
    with pytest.raises(StoreError, match="is not a graph"):
        build(articles, articles)
    assert sorted(path.name for path in articles.iterdir()) == ["a.txt", "b.jsonl"]


def test_model_is_not_loaded_for_nothing():
    assert list(extract_lazily([])) == []


def test_build_reads_stored_articles_again_when_asked(articles, tmp_path):
    build(articles, tmp_path / "graph")
    assert build(articles, tmp_path / "graph", again=True) == (0, 2, 0, 1)


def test_article_of_a_book_s_length_is_reported_and_the_rest_stored(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo. " * 30_000)
    (tmp_path / "b.txt").write_text("Bo met Cy.")
    report = build_graph([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "g", extractor=fake_extractor)
    assert (report.added, [problem.place for problem in report.problems]) == (1, ["a"])


GERMAN = (
    "Der Präsident hat sich am Samstag mit seinem Amtskollegen in der Hauptstadt getroffen. Beide Seiten "
    "sprachen über Sicherheit, Energie und Handel, wie das Ministerium mitteilte."
)


@pytest.fixture
def languages(tmp_path):
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "a.txt").write_text("Ana met Bo.")
    (folder / "b.txt").write_text(GERMAN, "utf-8")
    return folder


def test_article_in_another_language_is_reported_and_the_rest_stored(languages, tmp_path):
    report = build_graph([languages], tmp_path / "graph", extractor=fake_extractor)
    assert (report.added, report.skipped) == (1, 0)
    (problem,) = report.problems
    assert str(problem).startswith("The article 'b' is in German; only English is read.")
    assert problem.place == "b"


def test_article_in_another_language_is_skipped_and_counted(languages, tmp_path):
    options, told = BuildOptions(skip_other_languages=True), []
    report = build_graph(
        [languages], tmp_path / "graph", extractor=fake_extractor, options=options, on_article=told.append
    )
    assert (report.added, report.skipped, report.problems, sorted(told)) == (1, 1, (), ["a", "b"])


def surer_with_length(articles):
    """Finds what `fake_extractor` does, each relation as sure as its object's name is long, in tenths."""
    for extraction in fake_extractor(articles):
        relations = [replace(r, confidence=len(r.object.name) / 10) for r in extraction.relations]
        yield replace(extraction, relations=tuple(relations))


@pytest.mark.parametrize(("least", "count"), [(None, 2), (0.0, 2), (0.2, 2), (0.3, 1), (1.0, 0)])
def test_relations_under_the_least_confidence_are_left_out(tmp_path, least, count):
    (tmp_path / "a.txt").write_text("Ana met Bo. Ana met Zoe.")
    options = BuildOptions(min_confidence=least)
    report = build_graph(
        [tmp_path / "a.txt"], tmp_path / "graph", extractor=surer_with_length, options=options
    )
    assert report.relations == count
    with kg.open(tmp_path / "graph") as graph:
        assert len(graph.statements()) == count


@pytest.mark.parametrize(("least", "stored"), [(None, []), (0.3, [0.3])])
def test_least_confidence_is_in_the_provenance(tmp_path, least, stored):
    (tmp_path / "a.txt").write_text("Ana met Bo.")
    options = BuildOptions(min_confidence=least)
    build_graph([tmp_path / "a.txt"], tmp_path / "graph", extractor=fake_extractor, options=options)
    with kg.open(tmp_path / "graph") as graph:
        rows = graph.query("SELECT ?least { ?reading a prov:Activity ; kg:minConfidence ?least }")
        assert [float(row["least"]) for row in rows] == stored
        assert graph._store.validate().conforms


@pytest.mark.parametrize("least", [-0.1, 1.01, float("nan")])
def test_least_confidence_is_between_0_and_1(least):
    with pytest.raises(ModelError, match="give a number from 0 to 1"):
        BuildOptions(min_confidence=least)


def test_extractor_and_pipeline_together_are_refused(articles, tmp_path):
    with pytest.raises(ModelError, match="either an extractor or pipeline"):
        build(articles, tmp_path / "graph", pipeline="en_any")
    assert not (tmp_path / "graph").exists()


@pytest.mark.model
def test_least_confidence_reaches_the_pipeline():
    articles = seed_articles()
    readers = {least: reader_of(BuildOptions(min_confidence=least))[0] for least in (0.0, 0.6)}
    found = {
        least: [r.confidence for e in read(articles) for r in e.relations] for least, read in readers.items()
    }
    assert min(found[0.6]) >= 0.6
    assert min(found[0.0]) < 0.25


# ---- judgements and actors of one's own


def spelled_in_two_ways(folder):
    """Two articles that spell one name in two ways; the extractor makes entities of it by spelling."""
    folder.mkdir()
    (folder / "a.txt").write_text("Hizbolla met Ana.")
    (folder / "b.txt").write_text("Hezbolla met Bo.")
    return folder


def judged(tmp_path, text, **options):
    file = tmp_path / "judgements.csv"
    file.write_text(f"one,other,verdict\n{text}\n")
    folder = tmp_path / "articles"
    folder = folder if folder.is_dir() else spelled_in_two_ways(folder)
    given = BuildOptions(judgements=file, **options)
    return build_graph([folder], tmp_path / "graph", extractor=fake_extractor, options=given)


def subjects(path):
    with kg.open(path) as graph:
        return sorted({*graph.relations()["subject"]})


def test_user_s_judgement_joins(tmp_path):
    assert judged(tmp_path, "Hizbolla,Hezbolla,same").judged.merged == 1
    assert subjects(tmp_path / "graph") == ["Hezbolla"]


def test_judgement_is_kept_by_later_builds(tmp_path):
    judged(tmp_path, "Hizbolla,Hezbolla,same")
    (tmp_path / "articles" / "c.txt").write_text("Hizbolla met Di.")
    assert build(tmp_path / "articles", tmp_path / "graph") == (1, 0, 2, 0)
    assert subjects(tmp_path / "graph") == ["Hezbolla"]


def test_judgements_alone_change_a_graph_that_is_built(tmp_path):
    folder = spelled_in_two_ways(tmp_path / "articles")
    build(folder, tmp_path / "graph")
    assert subjects(tmp_path / "graph") == ["Hezbolla", "Hizbolla"]
    assert judged(tmp_path, "Hizbolla,Hezbolla,same").unchanged == 2
    assert subjects(tmp_path / "graph") == ["Hezbolla"]


def test_broken_judgements_are_told_before_anything_is_read(tmp_path):
    with pytest.raises(JudgementError, match="no verdict 'equal'"):
        judged(tmp_path, "Hizbolla,Hezbolla,equal")
    assert not (tmp_path / "graph").exists()


def test_broken_actors_are_told_before_anything_is_read(articles, tmp_path):
    file = tmp_path / "actors.csv"
    file.write_text("name,type\nAna,robot\n")
    with pytest.raises(VocabularyError, match="line 2, column 'type': there is no type 'robot'; give one"):
        build_graph([articles], tmp_path / "graph", options=BuildOptions(actors=file))
    assert not (tmp_path / "graph").exists()
