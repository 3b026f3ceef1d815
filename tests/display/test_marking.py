"""Texts cut into runs by what is marked in them."""

from kg.display.marking import marked


def spoken(paragraphs):
    return [[(run.text, run.notes) for run in paragraph] for paragraph in paragraphs]


def test_text_without_marks_is_its_paragraphs():
    assert spoken(marked("Title\n\nAna met Bo.\n", [], [])) == [[("Title", ())], [("Ana met Bo.", ())]]


def test_marks_that_overlap_are_both_told():
    runs = spoken(marked("Ana met Bo", [(0, 7, "one"), (4, 10, "two")], []))[0]
    assert runs == [("Ana ", ("one",)), ("met", ("one", "two")), (" Bo", ("two",))]


def test_mark_over_a_paragraph_break_goes_on():
    assert spoken(marked("Ana\nBo", [(0, 6, "both")], [])) == [[("Ana", ("both",))], [("Bo", ("both",))]]


def test_nothing_of_the_text_is_lost_or_doubled():
    text = "Ana Bell met Bo Cole in Oslo."
    [paragraph] = marked(
        text, [(0, 29, "meet"), (0, 29, "be in")], [(0, 8, "Ana"), (4, 8, "Bell"), (13, 20, "Bo")]
    )
    assert "".join(part.text for run in paragraph for part in run.inner) == text


def test_mark_beyond_the_text_is_cut():
    assert spoken(marked("Ana", [(1, 99, "far")], [])) == [[("A", ()), ("na", ("far",))]]
