"""Tables of text for a terminal."""

import pytest

from kg.display.plain import WIDTH, columns, text_table


def test_wide_tables_are_cut_to_the_width():
    table = text_table(["who", "sentence"], [["Ana Bell", "Ana Bell met Bo Cole. " * 20]], total=1)
    assert max(map(len, table.splitlines())) <= WIDTH
    assert "Ana Bell  Ana Bell met" in table


@pytest.mark.parametrize("value", ["安娜·贝尔", "é" * 40, "👍 yes", "a\x1b[31mb", "two\nlines", None, 7])
def test_columns_stay_aligned(value):
    lines = text_table(["who", "n"], [[value, "|"], ["Bo", "|"]], total=2).splitlines()
    assert columns(lines[1]) == columns(lines[2]) == columns(lines[1].partition("|")[0]) + 1
    assert "\x1b" not in "".join(lines)


def test_many_columns_are_narrow_but_there():
    headings = [f"column {number}" for number in range(20)]
    assert text_table(headings, [["x"] * 20], total=1).splitlines()[1].split() == ["x"] * 20


def test_no_rows_say_so():
    assert text_table(["who"], [], total=0) == "who\n0 rows"
