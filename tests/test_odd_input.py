"""Texts that nobody would call an article: nothing breaks, and nothing takes absurdly long."""

from __future__ import annotations

import time

import pytest

import kg
from kg.articles.refusals import LONGEST_ARTICLE, LONGEST_WORD
from kg.builder import BuildOptions, build_graph
from kg.extraction import extract
from kg.types import Article
from tests.test_builder import fake_extractor

SENTENCE = (
    "The minister of Peru met the president of Chile, who said that she and he would talk about the war with "
    "Ana Bell, and "
)


def build(tmp_path, text, **options):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    return build_graph(
        [tmp_path / "a.txt"], tmp_path / "graph", extractor=fake_extractor, options=BuildOptions(**options)
    )


REFUSED = [
    pytest.param("", "is empty; an article needs a text", id="empty"),
    pytest.param(" \n\t\r\n", "is empty; an article needs a text", id="white space"),
    pytest.param(SENTENCE * 9000, "more than 300,000", id="a sentence of a megabyte"),
    pytest.param("🙂" * (LONGEST_WORD + 1), "characters without a space from character 0 on", id="emoji"),
    pytest.param(f"Ana met Bo. {'(' * 6000}", "without a space from character 12 on", id="brackets"),
    pytest.param("נשיא פרו נפגש ביום שבת עם עמיתו מצ'ילה", "is in Hebrew", id="right to left"),
    pytest.param("乌克兰总统星期六在首都会见了土耳其总统。" * 900, "is in Chinese", id="no spaces"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_text_is_refused_with_its_reason(tmp_path, text, message):
    report = build(tmp_path, text)
    (problem,) = report.problems
    assert message in str(problem)
    assert report.added == 0


TAKEN = [
    pytest.param("Peru", id="one word"),
    pytest.param("🙂🇺🇦👨‍👩‍👧 " * 40, id="emoji"),
    pytest.param("a" * LONGEST_WORD, id="the longest word"),
    pytest.param("Ana met Bo. " * (LONGEST_ARTICLE // 12), id="the longest article"),
    pytest.param("ANA MET BO. THE MINISTER OF PERU MET ANA.", id="capitals"),
    pytest.param("<html><body><p class='x'>Ana met Bo.</p></body></html>", id="markup"),
    pytest.param("\u202eAna met Bo.\u202c \u200b\ufeff", id="directions"),
    pytest.param("Ana met Bo.\x00\x07\x1b[31m", id="control characters"),
]


@pytest.mark.parametrize("text", TAKEN)
def test_text_is_taken(tmp_path, text):
    report = build(tmp_path, text)
    assert (report.added, report.problems) == (1, ())


@pytest.fixture(scope="module")
def nlp():
    return kg.load()


READ = {
    "one word": "Peru",
    "a long sentence": SENTENCE * 60,
    "a sentence without end": "Peru and Chile met Ana Bell and Bo Cole and " * 150,
    "emoji": "🙂🇺🇦👨‍👩‍👧 " * 200,
    "emoji within words": "Ana🙂 met🤝 Bo🇺🇦.",
    "right to left": "Ana Bell met \u202eعبد الفتاح\u202c in \u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd.",
    "markup": "<div class='a'><p>The minister of <b>Peru</b> met <a href='#'>Ana Bell</a>.</p><br/></div>\n"
    * 30,
    "capitals": "THE MINISTER OF PERU MET THE PRESIDENT OF CHILE IN LIMA ON MONDAY.\n" * 30,
    "another language": "Der Minister von Peru traf am Montag die Präsidentin von Chile in Lima.\n" * 30,
    "line ends": "Ana\r\nBell\r\nmet\u2028Bo\u2029Cole\x85.",
}


@pytest.mark.model
@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_text_is_read_and_its_offsets_hold(nlp, text):
    found = extract(nlp, Article(id="a", text=text))
    assert [text[m.start : m.end] for m in found.mentions] == [m.text for m in found.mentions]
    for relation in found.relations:
        assert text[relation.evidence.start : relation.evidence.end] == relation.evidence.text


@pytest.mark.model
def test_capitals_are_read_as_other_letters_are(nlp):
    text = "The minister of Peru attacked Chile on Monday."
    plain, capitals = (extract(nlp, Article(id="a", text=one)).relations for one in (text, text.upper()))
    assert {r.object.id for r in plain} & {r.object.id for r in capitals} == {"Chile"}


def cpu_seconds(nlp, text):
    started = time.process_time()
    extract(nlp, Article(id="a", text=text))
    return time.process_time() - started


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [SENTENCE, "Ana Bell, ", "she told him that they met her and ", "((🙂 "],
    ids=["clauses", "names", "pronouns", "signs"],
)  # fmt: skip
def test_time_grows_less_than_with_the_square_of_the_length(nlp, text):
    short, long = (text * (size // len(text)) for size in (6_000, 36_000))
    cpu_seconds(nlp, short)
    assert cpu_seconds(nlp, long) < 0.5 * 6**2 * cpu_seconds(nlp, short)
