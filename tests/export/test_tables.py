"""Relations as rows."""

import csv
import io
import json

from hypothesis import given, settings

from kg.evaluation import read_relations
from kg.export.tables import columns, exchange_row, flat_row, joined, write_csv, write_jsonl, written
from kg.types import EntityType
from tests.builders import make_entity
from tests.export.drawn import hostile_statements, make_statements, statement_lists


def test_exchange_row_is_as_the_design_says():
    oslo = make_entity("Oslo", EntityType.PLACE)
    [statement] = make_statements(
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
    write_jsonl(make_statements(text="“Ä” met.\u2028"), file)
    (tmp_path / "r.jsonl").write_text(file.getvalue(), "utf-8")
    assert [claim.relation_class for claim in read_relations(tmp_path / "r.jsonl")["a1"]] == ["CONSULT"]
    assert json.loads(file.getvalue())["evidence"] == {"text": "“Ä” met.\u2028", "start": 0, "end": 9}


def read_csv(rows):
    file = io.StringIO(newline="")
    write_csv(rows, file)
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_csv_holds_every_column_and_no_formula():
    [row] = read_csv(make_statements(ends=("=cmd()", "Bo"), text='A, "b"\nc'))
    assert list(row) == columns()
    assert (row["subject"], row["evidence"], row["date"]) == ("'=cmd()", 'A, "b"\nc', "2026-04-05")


def test_days_and_aliases_are_text_in_csv():
    [statement] = make_statements(time="2026-04")
    ana = make_entity("Ana Bell", aliases=("Annie", "A|B"))
    [row] = read_csv([type(statement)(article=statement.article, relation=replaced(statement.relation, ana))])
    assert (row["time"], row["time_start"], row["time_end"]) == ("2026-04", "2026-04-01", "2026-04-30")
    assert row["subject_aliases"] == "Annie|A¦B"


def replaced(relation, subject):
    fields = {name: getattr(relation, name) for name in relation.__dataclass_fields__}
    return type(relation)(**(fields | {"subject": subject}))


@given(statement_lists())
@settings(max_examples=25)
def test_csv_gives_every_cell_back(rows):
    for row, statement in zip(read_csv(rows), rows, strict=True):
        for name, value in flat_row(statement).items():
            plain = joined(value) if isinstance(value, tuple) else "" if value is None else str(value)
            assert row[name] in {plain, f"'{plain}"}


def test_no_hostile_cell_is_a_formula():
    cells = [cell for row in read_csv(hostile_statements()) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []


def test_values_are_written_as_schemas_have_them():
    assert [written(value) for value in (True, False, 0.5, 7, ("a",))] == ["true", "false", "0.5", "7", "a"]
