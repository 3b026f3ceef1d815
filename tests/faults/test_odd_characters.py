"""Files of many encodings, NUL bytes, halves of pairs: what can be read is stored, all else is named."""

from __future__ import annotations

import pytest

from kg.articles import read_articles
from kg.store import Store
from tests.faults.limited import kg

TEXT = "Zoë Bell met Bo Müller in Malmö on Monday. The talks went on for two hours, officials said."
READ = {
    "utf8.txt": TEXT.encode(),
    "mark.txt": TEXT.encode("utf-8-sig"),
    "utf16.txt": TEXT.encode("utf-16"),
    "latin.txt": TEXT.encode("cp1252"),
    "nul.txt": TEXT.encode().replace(b" met", b"\0met"),
    "page.html": b"<meta charset=windows-1252><article><p>" + (TEXT.encode("cp1252") + b" ") * 9,
}
REFUSED = {
    "half.jsonl": (b'{"text": "Ana \\ud800 met Bo."}', "half.jsonl:1"),
    "latin.jsonl": (b'{"text": "Zo\xeb Bell met Bo."}', "latin.jsonl:1"),  # JSON is UTF-8: RFC 8259, 8.1
    "noise.txt": (bytes(range(256)) * 9, "noise.txt"),
    "nothing.txt": (b"\0" * 99, "nothing.txt"),
    "cut.jsonl": (b'{"text": "Ana met Bo."}\n{"text": "Ana m', "cut.jsonl:2"),
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, data in READ.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in REFUSED.items():
        (folder / name).write_bytes(data)
    return folder


def test_letters_come_out_right_and_what_cannot_be_read_is_named(folder):
    problems = []
    found = list(read_articles([folder], on_problem=problems.append))
    assert len(found) == len(READ) + 1  # the first line of `cut.jsonl`
    assert sum("Zoë Bell met Bo Müller in Malmö" in article.text for article in found) == len(READ)
    said = "\n".join(str(problem.place) for problem in problems)
    assert len(problems) == len(REFUSED)
    assert all(place in said for _, place in REFUSED.values())


@pytest.mark.slow
@pytest.mark.model
def test_command_stores_what_it_can_read_and_lists_the_rest(folder, tmp_path):
    done = kg("build", folder, "-o", tmp_path / "g")
    assert done.code == 1
    assert f"{len(READ) + 1} articles added" in done.out
    assert "Traceback" not in done.err
    listed = (tmp_path / "g" / "problems.jsonl").read_text("utf-8")
    assert all(place in listed for _, place in REFUSED.values())
    assert kg("validate", tmp_path / "g").code == 0
    with Store.open(tmp_path / "g") as store:
        assert len(store.articles()) == len(READ) + 1
