"""The recipe of the registry: its parts on small tables, and that it makes the files that are there."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.training.actors.countries import pluralize
from kg.training.actors.entries import Entry, Office, make_slug
from kg.training.actors.recipe import build_people, build_registry
from kg.training.actors.turtle import format_turtle

needs_rigour = pytest.mark.skipif(find_spec("rigour") is None, reason="the recipe needs the extra registry")
REGISTRY = Path(__file__).parents[2] / "ontology" / "actors"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Turkey", "Turkey"),
        ("Recep Tayyip Erdoğan", "Recep_Tayyip_Erdogan"),
        ("Binali Yıldırım", "Binali_Yildirim"),
        ("Côte d'Ivoire", "Cote_dIvoire"),
        ("OPEC+", "OPEC_Plus"),
        ("Al-Qaeda", "Al-Qaeda"),
        ("St. John's", "St_Johns"),
        ("Labour Party (United Kingdom)", "Labour_Party_United_Kingdom"),
    ],
)
def test_make_slug_table(name: str, slug: str) -> None:
    assert make_slug(name) == slug


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("Turk", "Turks"),
        ("Frenchman", "Frenchmen"),
        ("Dutchwoman", "Dutchwomen"),
        ("German", "Germans"),
        ("Chinese", "Chinese"),
        ("Czech", "Czechs"),
        ("Swiss", "Swiss"),
    ],
)
def test_pluralize_table(noun: str, plural: str) -> None:
    assert pluralize(noun) == plural


@needs_rigour
def test_format_turtle_writes_offices_with_their_precision() -> None:
    offices = (Office(title="mayor", of="Springfield", start="2019-05-20", end="2021-07"),)
    text = format_turtle(
        [Entry(id="Jo_Doe", type="Person", name='Jo "J" Doe', offices=offices)], title="Test"
    )
    assert r'skos:prefLabel "Jo \"J\" Doe"@en' in text
    assert 'kg:start "2019-05-20"^^xsd:date ; kg:end "2021-07"^^xsd:gYearMonth' in text


@needs_rigour
def test_format_turtle_sorts_by_id() -> None:
    entries = [Entry(id=name, type="Place", name=name) for name in ("B", "A")]
    text = format_turtle(entries, title="Test")
    assert text.index("ent:A") < text.index("ent:B")


def test_build_people_refuses_an_office_of_nobody_known(tmp_path: Path) -> None:
    _write(tmp_path, "people.tsv", "name aliases country sector wikidata", "Jo . USA . .")
    _write(tmp_path, "offices.tsv", "person title of start end leads", "Jo mayor Springfield . . .")
    with pytest.raises(ValueError, match="'Springfield' is not in the registry"):
        build_people(tmp_path, [])


def test_build_people_refuses_an_office_without_a_person(tmp_path: Path) -> None:
    _write(tmp_path, "people.tsv", "name aliases country sector wikidata")
    _write(tmp_path, "offices.tsv", "person title of start end leads", "Jo mayor Springfield . . .")
    with pytest.raises(ValueError, match=r"\['Jo'\] are not in people.tsv"):
        build_people(tmp_path, [Entry(id="Springfield", type="Place", name="Springfield")])


@needs_rigour
def test_build_registry_makes_the_files_that_are_there() -> None:
    header = (REGISTRY / "countries.ttl").read_text(encoding="utf-8").splitlines()[1]
    built = build_registry()
    if built["countries.ttl"].splitlines()[1] != header:
        pytest.skip(f"the files were made from other versions of the libraries: {header}")
    assert built == {path.name: path.read_text(encoding="utf-8") for path in REGISTRY.glob("*.ttl")}


def _write(folder: Path, name: str, *rows: str) -> None:
    """A table from rows of words, a dot for an empty cell."""
    lines = ["\t".join("" if cell == "." else cell for cell in row.split()) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
