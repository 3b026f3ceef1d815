"""Relations as rows."""

import csv
import io
import json

from kg.evaluation import read_relations
from kg.export.records import Statement
from kg.export.tables import columns, exchange_row, write_csv, write_jsonl
from kg.types import EntityType
from tests.builders import make_entity, make_extraction


def statements(**fields):
    extraction = make_extraction(**fields)
    return [Statement(article=extraction.article, relation=relation) for relation in extraction.relations]


def test_exchange_row_is_as_the_design_says():
    oslo = make_entity("Oslo", EntityType.PLACE)
    [statement] = statements(
        place=oslo, attribution=make_entity("Cy"), time="2026-04-05", confidence=0.123456
    )
    row = exchange_row(statement)
    fields = "article subject predicate property class symmetric status object attribution time place"
    assert list(row) == [*fields.split(), "confidence", "evidence"]
    assert (row["property"], row["class"], row["status"]) == ("kg:meets", "CONSULT", "asserted")
    assert (row["attribution"], row["confidence"]) == ("Cy", 0.1235)
    assert row["place"] == {"id": "https://w3id.org/actors-kg/entity/Oslo", "name": "Oslo"}
    assert list(row["subject"]) == ["id", "name", "type", "aliases", "country", "sector", "wikidata"]


def test_lines_are_read_by_the_scorer(tmp_path):
    file = io.StringIO()
    write_jsonl(statements(text="“Ä” met.\u2028"), file)
    (tmp_path / "r.jsonl").write_text(file.getvalue(), "utf-8")
    assert [claim.relation_class for claim in read_relations(tmp_path / "r.jsonl")["a1"]] == ["CONSULT"]
    assert json.loads(file.getvalue())["evidence"] == {"text": "“Ä” met.\u2028", "start": 0, "end": 9}


def test_csv_holds_every_column_and_no_formula():
    file = io.StringIO()
    write_csv(statements(ends=("=cmd()", "Bo"), text='A, "b"\nc'), file)
    [row] = csv.DictReader(io.StringIO(file.getvalue()))
    assert list(row) == columns()
    assert (row["subject"], row["evidence"], row["date"]) == ("'=cmd()", 'A, "b"\nc', "2026-04-05")
