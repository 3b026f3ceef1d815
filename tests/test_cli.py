"""The command line: messages, formats and exit codes."""

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from kg.export.files import formats
from kg.partitions.settings import load_extractor
from kg.relations.coding import CodedEvent
from kg.vocabulary import ontology_folder
from tests.test_builder import fake_extractor

MEETINGS = "SELECT ?a ?b { ?r kg:subject/skos:prefLabel ?a ; kg:object/skos:prefLabel ?b } ORDER BY ?a"


def written_or_asked(settings):
    """The written extractor in place of the package's own; another pipeline is loaded."""
    return load_extractor(settings) if settings.pipeline else fake_extractor


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    for place in ("kg.builder", "kg.partitions.settings"):
        monkeypatch.setattr(f"{place}.load_extractor", written_or_asked)


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo. Bo met Cy.")
    return tmp_path / "a.txt"


@pytest.fixture
def graph(kg, articles, tmp_path):
    assert kg("build", articles, "-o", tmp_path / "graph")[0] == 0
    return tmp_path / "graph"


def test_build_reports(kg, articles, tmp_path):
    code, out, err = kg("build", articles, "-o", tmp_path / "graph")
    assert code == 0
    assert "1 articles added, 0 unchanged." in out
    assert re.search(r"2 relations from 6 words in [\d.]+ s \([\d,]+ a second\), at most \d+ MB", out)
    assert err == "1 of 1 articles\n"


def test_build_again_adds_nothing(kg, articles, graph):
    assert "0 articles added, 1 unchanged." in kg("build", articles, "-o", graph)[1]


BAD_ARTICLES = [
    ("empty", b"", "is empty; an article needs a text"),
    ("latin", b"caf\xe9", "byte 3 is not UTF-8; save the file as UTF-8"),
]


@pytest.mark.parametrize(
    ("data", "message"), [bad[1:] for bad in BAD_ARTICLES], ids=[bad[0] for bad in BAD_ARTICLES]
)
def test_build_of_a_bad_file_fails_and_keeps_the_rest(kg, graph, tmp_path, data, message):
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text("Cy met Di.")
    code, out, err = kg("build", tmp_path / "bad.txt", tmp_path / "good.txt", "-o", graph)
    assert (code, "1 articles added" in out, "1 not read" in out) == (1, True, True)
    assert re.search(f"^Not read: .*{re.escape(message)}", err, re.MULTILINE)
    assert "Error" not in err
    assert f"All else is stored. {graph / 'problems.jsonl'} lists what could not be read" in err
    assert "3 rows" in kg("query", graph, MEETINGS)[2]


def test_broken_line_is_named_by_file_and_line(kg, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"text": "Ana met Bo."}\n{"text": \n{"text": "x", "date": "1.2.2020"}\n{"text": "Cy met Di."}\n'
    )
    code, out, err = kg("build", file, "-o", tmp_path / "graph")
    assert (code, "2 articles added, 0 unchanged, 2 not read" in out) == (1, True)
    assert f"{file}:2: this is not JSON" in err
    assert f"{file}:3: '1.2.2020' is no date; write it as YYYY-MM-DD" in err


def test_missing_path_is_wrong_usage(kg, tmp_path):
    code, _, err = kg("build", tmp_path / "none", "-o", tmp_path / "graph")
    assert code == 2
    assert "There is no file or folder" in err
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(
    "arguments", [["build"], ["fly"], ["query"], ["view", "g", "--hops", "-1"]], ids=" ".join
)
def test_wrong_usage_is_2(kg, arguments):
    assert kg(*arguments)[0] == 2


@pytest.mark.parametrize("command", ["query", "view", "info", "validate", "export"])
def test_folder_that_is_no_graph_is_told(kg, tmp_path, command):
    more = {"query": [MEETINGS], "export": ["--format", "ttl"]}.get(command, [])
    code, _, err = kg(command, tmp_path, *more)
    assert code == 1
    assert "is not a graph" in err
    assert "name one that `kg build` made" in err


def test_build_into_a_folder_that_is_no_graph_leaves_it_alone(kg, articles, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").write_text("mine")
    code, _, err = kg("build", articles, "-o", tmp_path / "other")
    assert (code, "is not a graph; name a new folder" in err) == (1, True)
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["x"]


def test_query_gives_a_table(kg, graph):
    code, out, err = kg("query", graph, MEETINGS)
    assert (code, err) == (0, "2 rows\n")
    assert re.search(r"^Ana +Bo", out, re.MULTILINE)


def test_query_gives_csv_and_json(kg, graph):
    rows = list(csv.reader(io.StringIO(kg("query", graph, MEETINGS, "--format", "csv")[1])))
    assert rows == [["a", "b"], ["Ana", "Bo"], ["Bo", "Cy"]]
    found = json.loads(kg("query", graph, MEETINGS, "--format", "json")[1])
    assert found["results"]["bindings"][0]["a"]["value"] == "Ana"


def test_query_gives_rdf_for_construct_and_a_word_for_ask(kg, graph):
    assert "kg:meets" in kg("query", graph, "CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }")[1]
    assert kg("query", graph, "ASK { ?a kg:meets ?b }")[1] == "yes\n"


def test_query_is_read_from_a_file(kg, graph, tmp_path):
    (tmp_path / "q.rq").write_text(MEETINGS)
    assert kg("query", graph, "-f", tmp_path / "q.rq")[2] == "2 rows\n"


def test_wrong_query_says_line_and_column(kg, graph):
    code, _, err = kg("query", graph, "SELECT ?x\nWHERE { ?x ?? }")
    assert code == 1
    assert re.search(r"Line 2, column \d+: this is not a SPARQL", err)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "Give either a query"),
        (["-f", "none.rq"], "'none.rq' cannot be read"),
        ([MEETINGS, "-p", "x"], "--param takes NAME=VALUE, not 'x'"),
        ([MEETINGS, "--format", "pdf"], "There is no format 'pdf'"),
    ],
    ids=["nothing", "no file", "param", "format"],
)
def test_wrong_use_of_query_is_told(kg, graph, more, message):
    code, _, err = kg("query", graph, *more)
    assert (code, message in " ".join(err.split())) == (2, True)


def test_articles_cannot_steer_the_terminal(kg, graph):
    out = kg("query", graph, "SELECT ('\\u001b[31mred[bold]' AS ?x) {}")[1]
    assert "\x1b" not in out
    assert "[31mred[bold]" in out


@pytest.mark.parametrize("format_", [name for name in formats() if name != "plover"])
def test_every_format_is_exported(kg, graph, tmp_path, format_):
    assert kg("export", graph, "--format", format_, "-o", tmp_path / "out")[0] == 0
    written = (tmp_path / "out").read_bytes()
    assert b"ana" in written.lower() or format_ in {"neo4j", "parquet"}, "not compressed, and without Ana"
    assert not (tmp_path / "out.part").exists()


def test_export_to_standard_output(kg, graph):
    lines = kg("export", graph, "--format", "jsonl")[1].splitlines()
    assert [json.loads(line)["subject"]["name"] for line in lines] == ["Ana", "Bo"]


def test_export_is_narrowed_by_options_that_can_be_repeated(kg, graph):
    def names(*options):
        lines = kg("export", graph, "--format", "jsonl", *options)[1].splitlines()
        return [json.loads(line)["object"]["name"] for line in lines]

    assert names("--class", "CONSULT", "--class", "AID", "--status", "asserted") == ["Bo", "Cy"]
    assert names("--around", "Ana") == ["Bo"]
    assert names("--around", "Ana", "--around", "Cy", "--property", "meets") == ["Bo", "Cy"]
    assert names("--around", "Ana", "--hops", "2", "--min-confidence", "0.5") == ["Bo", "Cy"]
    assert names("--status", "planned") == names("--min-confidence", "0.95") == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--class", "CONSLT"], "no relation class 'CONSLT'; there are CONSULT"),
        (["--status", "plannd"], "no status 'plannd'; there are planned"),
        (["--property", "kg:meet"], "no property 'kg:meet'; there are meets"),
        (["--since", "soon"], "'soon' is no day, month or year"),
        (["--since", "2026", "--until", "2025"], "both since 2026-01-01 and until 2025-12-31"),
        (["--around", "Zoe"], "No entity is named 'Zoe'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_export_of_what_is_not_known_is_told(kg, graph, tmp_path, options, message):
    code, _, err = kg("export", graph, "--format", "jsonl", "-o", tmp_path / "out", *options)
    assert (code, message in " ".join(err.split())) == (1, True), err
    assert not (tmp_path / "out").exists()


def test_rdf_is_not_narrowed(kg, graph):
    code, _, err = kg("export", graph, "--format", "ttl", "--class", "CONSULT")
    assert (code, "'ttl' holds all of a graph; to narrow it choose one of jsonl" in err) == (1, True)


def test_export_of_events_reads_the_articles_again(kg, graph, monkeypatch):
    event = CodedEvent(type="CONSULT", source="PER", target="CHL", predicate="meet", start=0, end=11)
    monkeypatch.setattr("kg.export.plover.coded", lambda articles: [(one, [event]) for one in articles])
    row = json.loads(kg("export", graph, "--format", "plover")[1])
    assert (row["article"], row["class"], row["subject"], row["object"], row["evidence"]["text"]) == (
        "a", "CONSULT", {"country": "PER"}, {"country": "CHL"}, "Ana met Bo.",
    )  # fmt: skip


def test_unknown_format_is_told_and_writes_nothing(kg, graph, tmp_path):
    code, _, err = kg("export", graph, "--format", "doc", "-o", tmp_path / "out")
    assert (code, "There is no format 'doc'; choose one of jsonl, csv" in err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_hops_from_nobody_are_refused(kg, graph):
    code, _, err = kg("export", graph, "--format", "csv", "--hops", 2)
    assert (code, "name one with --around" in err) == (2, True)


def test_triples_as_rows_are_refused(kg, graph):
    code, _, err = kg("query", graph, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "--format", "csv")
    assert (code, "no format 'csv' for triples; choose one of ttl" in err) == (2, True)


def test_file_that_cannot_be_written_is_told(kg, graph, tmp_path):
    code, _, err = kg("view", graph, "-o", tmp_path / "none" / "graph.html")
    assert (code, "cannot be written" in err) == (1, True)


def test_view_writes_a_page(kg, graph, tmp_path):
    code, out, _ = kg("view", graph, "-o", tmp_path / "graph.html", "--around", "ana")
    assert (code, "graph.html is written; open it in a browser" in out) == (0, True)
    assert (tmp_path / "graph.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_view_of_nobody_is_told(kg, graph):
    code, _, err = kg("view", graph, "--around", "Zoe")
    assert (code, "No entity is named 'Zoe'" in err) == (1, True)


def test_view_takes_lists_and_says_what_it_shows(kg, graph, tmp_path):
    page = tmp_path / "graph.html"
    options = ["--classes", "CONSULT,AGREE", "--status", "asserted", "--status", "planned", "--top", 1]
    assert kg("view", graph, "-o", page, *options)[0] == 0
    text = page.read_text("utf-8")
    assert "Only consult or agree; asserted or planned." in text
    assert re.search(r"0 of \d entities shown", text)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--classes", "CONSLT"], 1, "no relation class 'CONSLT'; there are CONSULT"),
        (["--status", "plannd"], 1, "no status 'plannd'; there are planned"),
        (["--around", "Anna"], 1, "No entity is named 'Anna'; there are Ana (person"),
        (["--hops", 2], 2, "name one with --around"),
        (["--top", 0], 2, "--top"),
    ],
    ids=str,
)
def test_view_of_what_is_none_is_told(kg, graph, tmp_path, options, code, message):
    found, _, err = kg("view", graph, "-o", tmp_path / "graph.html", *options)
    assert (found, message in err) == (code, True), err
    assert not (tmp_path / "graph.html").exists()


def test_info_counts(kg, graph):
    out = kg("info", graph)[1]
    assert re.search(r"relations +2", out)
    assert re.search(r"CONSULT +2", out)


@pytest.mark.slow
def test_validate_accepts_what_build_made(kg, graph):
    code, out, _ = kg("validate", graph)
    assert (code, "1 articles; the graph conforms to the shapes" in out) == (0, True), out


@pytest.fixture
def gold(tmp_path):
    fact = {"predicate": "meet", "class": "CONSULT", "symmetric": True, "status": "asserted", "tier": "core"}
    facts = [fact | {"subject": "Bo", "object": "Ana"}, fact | {"subject": "Ana", "object": "Zoe"}]
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in facts))
    return tmp_path / "gold"


def test_evaluate_extracts_and_scores(kg, articles, gold):
    code, out, _ = kg("evaluate", gold, "-a", articles, "--json")
    assert (code, json.loads(out)["full"]) == (0, {"precision": 0.5, "recall": 0.5, "f1": 0.5})


def test_evaluate_reads_relations_and_shows_errors(kg, graph, gold, tmp_path):
    kg("export", graph, "--format", "jsonl", "-o", tmp_path / "r.jsonl")
    code, out, _ = kg("evaluate", gold, "--relations", tmp_path / "r.jsonl", "--errors", "5")
    assert code == 0
    assert "missed  Ana – meet [CONSULT, asserted] – Zoe" in out
    assert "wrong   Bo – meet [CONSULT, asserted] – Cy" in out
    assert re.search(r"pair +0\.500 +0\.500 +0\.500", out)


def test_evaluate_shows_whether_confidence_is_kept(kg, articles, gold):
    found = json.loads(kg("evaluate", gold, "-a", articles, "--json")[1])["calibration"]
    assert found["error"] == {"promised": 0.4, "pair": 0.4, "typed": 0.4, "full": 0.4}
    assert [(one["lower"], one["count"], one["right"]["pair"]) for one in found["bins"]] == [(0.8, 2, 0.5)]
    assert re.search(r"0\.8–0\.9 +2 +0\.90 +0\.50", kg("evaluate", gold, "-a", articles)[1])


def test_evaluate_refuses_a_confidence_that_is_none(kg, gold, tmp_path):
    row = {"article": "a", "subject": {"name": "Ana"}, "object": {"name": "Bo"}, "class": "AID"}
    row |= {"status": "asserted", "confidence": 7}
    (tmp_path / "r.jsonl").write_text(json.dumps(row))
    code, _, err = kg("evaluate", gold, "--relations", tmp_path / "r.jsonl")
    assert (code, "7 is no confidence from 0 to 1" in err) == (1, True)


def test_evaluate_wants_one_source(kg, gold, articles):
    assert kg("evaluate", gold, "-a", articles, "--relations", articles)[0] == 2


def test_evaluate_finds_the_articles_beside_the_gold(kg, gold, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "some.jsonl").write_text('{"id": "a", "text": "Ana met Bo."}')
    assert json.loads(kg("evaluate", gold, "--json")[1])["full"]["precision"] == 1.0


def test_module_runs_as_a_program():
    done = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, "News articles in" in done.stdout) == (0, True)


def test_named_question_takes_parameters(kg, graph):
    assert kg("query", graph, "who-met-whom")[2] == "2 rows\n"
    assert kg("query", graph, "who-met-whom", "-p", "actor=ana")[2] == "1 rows\n"


def test_unknown_question_is_told(kg, graph):
    code, _, err = kg("query", graph, "who-is-who")
    assert (code, "There is no question 'who-is-who'; there are" in err) == (1, True)


def test_questions_are_listed(kg):
    code, out, _ = kg("questions")
    assert code == 0
    assert re.search(r"^who-met-whom +\[actor\] +Who met whom", out, re.MULTILINE)


def test_demo_asks_draws_and_ends(kg, tmp_path):
    code, out, _ = kg("demo", "-o", tmp_path)
    assert code == 0
    assert "1. Reading 37 news articles" in out
    assert "Who met whom" in out
    assert (tmp_path / "graph.html").exists()


def test_words_that_are_neither_query_nor_question_point_to_the_questions(kg, graph):
    code, _, err = kg("query", graph, "what is planned")
    assert (code, "kg questions" in err) == (2, True)


@pytest.fixture
def foreign(tmp_path):
    """A saved spaCy pipeline for English with a parser and named entities that know nothing yet."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("nsubj")
    nlp.get_pipe("parser").add_label("dobj")
    nlp.add_pipe("ner").add_label("PERSON")
    nlp.initialize()
    nlp.meta["name"] = "foreign"
    nlp.to_disk(tmp_path / "foreign")
    return tmp_path / "foreign"


def test_build_takes_another_pipeline_and_names_it(kg, articles, foreign, tmp_path):
    assert kg("build", articles, "-o", tmp_path / "g", "--pipeline", foreign)[0] == 0
    assert "en_foreign 0.0.0" in kg("export", tmp_path / "g", "--format", "nq")[1]


def test_build_refuses_a_pipeline_that_is_not_there(kg, articles, tmp_path):
    code, _, err = kg("build", articles, "-o", tmp_path / "g", "--pipeline", "no_such_pipeline")
    assert (code, "'no_such_pipeline' cannot be loaded" in err) == (1, True)


def test_build_reports_what_it_skipped(kg, articles, tmp_path):
    text = "Президент встретился в субботу со своим коллегой в столице."
    (tmp_path / "b.txt").write_text(text, "utf-8")
    given = ("build", articles, tmp_path / "b.txt", "-o", tmp_path / "g")
    code, out, err = kg(*given)
    assert (code, "1 articles added, 0 unchanged, 1 not read." in out) == (1, True)
    assert "The article 'b' is in Russian; only English is read." in err
    code, out, _ = kg(*given, "--skip-other-languages")
    assert (code, "0 articles added, 1 unchanged, 1 in other languages skipped." in out) == (0, True)


def test_build_leaves_out_what_is_less_sure(kg, articles, tmp_path, monkeypatch):
    for place in ("kg.builder", "kg.partitions.settings"):
        monkeypatch.setattr(f"{place}.load_extractor", written_or_asked)
    assert "0 relations" in kg("build", articles, "-o", tmp_path / "g", "--min-confidence", "0.95")[1]
    assert "2 relations" in kg("build", articles, "-o", tmp_path / "h", "--min-confidence", "0.9")[1]


@pytest.mark.parametrize("least", ["1.5", "-1", "high"])
def test_least_confidence_out_of_range_is_wrong_usage(kg, articles, tmp_path, least):
    code, _, err = kg("build", articles, "-o", tmp_path / "g", "--min-confidence", least)
    assert (code, "--min-confidence" in err, (tmp_path / "g").exists()) == (2, True, False)


AS_READ = (
    "Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/2/obj | "
    "Bo@PER/PROPN/2/nsubj met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Cy@PER/PROPN/2/obj"
)
"""The trees of `Ana met Bo. Bo met Cy.`"""


@pytest.fixture
def written(monkeypatch):
    """Lets the commands that explain read trees that are written down; gives what they were asked to load."""
    from tests.explanation.pipelines import WrittenPipeline

    asked = []
    monkeypatch.setattr(
        "kg.extraction.load", lambda **settings: asked.append(settings) or WrittenPipeline(AS_READ)
    )
    return asked


def test_why_explains_a_relation(kg, graph, written):
    code, out, err = kg("why", graph, "Ana", "meet", "Bo")
    assert (code, bool(re.fullmatch(r"https?://\S+/relation/[0-9a-f]{16}\n", err))) == (0, True)
    assert re.search(r"^tree +Ana ←nsubj– met –obj→ Bo", out, re.MULTILINE)
    assert "by the lexical form “meet” of the ontology" in out
    assert "changed since  confidence: stored 0.9" in out


def test_why_takes_what_it_shows(kg, graph, written):
    iri = kg("why", graph, "Ana meet Bo")[2].strip()
    found = json.loads(kg("why", graph, iri.rpartition("/")[2][:6], "--json")[1])
    assert (found["relation"], found["rule"], found["form"]["entry"]) == (iri, "verb", "kg:meets")
    assert found["subject"]["words"] == {"text": "Ana", "start": 0, "end": 3}


def test_why_takes_a_row_of_an_export(kg, graph, written):
    row = kg("export", graph, "--format", "jsonl")[1].splitlines()[0]
    assert kg("why", graph, row)[0] == 0


def test_why_says_what_is_not_found_any_more(kg, graph, written):
    code, out, err = kg("why", graph, "Bo meet Cy")
    assert (code, out, "does not find 'Bo – meet" in err, "build --again" in err) == (1, "", True, True)


def test_why_reads_by_the_ontology_of_the_graph_and_by_given_actors(kg, articles, tmp_path, written):
    own, table = ontology_folder() / "examples" / "own.ttl", tmp_path / "mine.csv"
    kg("build", articles, "-o", tmp_path / "own", "--ontology", own)
    assert kg("why", tmp_path / "own", "Ana meet Bo", "--actors", table)[0] == 0
    assert (written[-1]["ontology"].parent, written[-1]["actors"]) == (tmp_path / "own", table)
    kg("why-not", "Ana", "Cy", articles, "--ontology", own)
    assert (written[-1]["ontology"], written[-1]["actors"]) == (own, None)


def test_why_of_nothing_is_told(kg, graph, written):
    code, _, err = kg("why", graph, "Zoe")
    assert (code, "No relation of the graph fits 'Zoe'" in err) == (1, True)


def test_why_not_names_the_step(kg, articles, written):
    code, out, _ = kg("why-not", "Ana", "Cy", articles)
    assert (code, out.startswith("sentence  No sentence mentions both")) == (0, True)
    assert json.loads(kg("why-not", "Ana", "Bo", articles, "--json")[1])["stage"] == "kept"


def test_why_not_wants_one_article(kg, tmp_path, written):
    file = tmp_path / "some.jsonl"
    file.write_text('{"id": "x", "text": "Ana met Bo."}\n{"id": "y", "text": "Bo met Cy."}\n')
    assert kg("why-not", "Ana", "Bo", file, "x")[0] == 0
    code, _, err = kg("why-not", "Ana", "Bo", file)
    assert (code, "has 2 articles; name one by its id: 'x', 'y'." in err) == (1, True)
    code, _, err = kg("why-not", "Ana", "Bo", file, "z")
    assert (code, "has no article 'z'; it has 'x', 'y'." in err) == (1, True)


def test_why_not_reads_no_other_language(kg, tmp_path, written):
    (tmp_path / "b.txt").write_text("Президент встретился в субботу со своим коллегой в столице.", "utf-8")
    code, _, err = kg("why-not", "Ana", "Bo", tmp_path / "b.txt")
    assert (code, "is in Russian; only English is read" in err) == (1, True)


def test_why_not_of_a_missing_file_is_wrong_usage(kg, tmp_path):
    code, _, err = kg("why-not", "Ana", "Bo", tmp_path / "none.txt")
    assert (code, "There is no file or folder" in err) == (2, True)


@pytest.fixture
def corpora(tmp_path):
    tree = "# newdoc id = d\n# sent_id = 1\n1\tAna\tAna\tPROPN\tNNP\t_\t0\troot\t_\t_\n\n"
    for treebank, entities in (("ewt", "uner-ewt"), ("gum", "gum")):
        (tmp_path / "ud").mkdir(exist_ok=True)
        (tmp_path / "ner").mkdir(exist_ok=True)
        (tmp_path / "ud" / f"{treebank}-test.conllu").write_text(tree)
        (tmp_path / "ner" / f"{entities}-test.iob2").write_text("# sent_id = 1\nAna\tB-PER\n\n")
    return tmp_path


def test_evaluate_scores_a_pipeline_on_corpora(kg, corpora, foreign, monkeypatch):
    from kg.evaluation.speed import Speed

    speed = Speed(
        load_seconds=0.5,
        words_a_cpu_second=9500,
        words_a_second=9000,
        words_a_second_on_two_threads=12000,
        words_a_second_in_two_processes=16000,
        peak_megabytes=None,
        size_megabytes=20,
    )
    monkeypatch.setattr("kg.evaluation.parsing.measure_speed", lambda loader, texts: speed)
    code, out, _ = kg("evaluate", corpora, "--pipeline", foreign, "--json")
    report = json.loads(out)
    assert (code, report["scores"]["ewt-test"]["words"], report["cost"]["load seconds"]) == (0, 100, 0.5)
    table = kg("evaluate", corpora, "--pipeline", foreign)[1]
    assert re.search(r"words +100\.0 +100\.0", table)
    assert re.search(r"words a second in two processes +16,000", table)


def test_evaluate_says_what_the_corpora_lack(kg, corpora, foreign):
    (corpora / "ner" / "gum-test.iob2").unlink()
    code, _, err = kg("evaluate", corpora, "--pipeline", foreign)
    assert (code, "gum-test.iob2" in err, "give a folder of corpora" in err) == (1, True, True)


def test_evaluate_of_corpora_takes_no_articles(kg, corpora, articles):
    assert kg("evaluate", corpora, "-a", articles)[0] == 2
