"""The recipe of the registry: its parts on small tables, and that it makes the files that are there."""

import re
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from kg.training.actors.countries import pluralize
from kg.training.actors.entries import Entry, Office, make_slug, read_table
from kg.training.actors.recipe import TABLES, build_people, build_registry
from kg.training.actors.spellings import read_spellings, respell
from kg.training.actors.turtle import format_turtle

needs_rigour = pytest.mark.skipif(find_spec("rigour") is None, reason="the recipe needs the extra registry")
REGISTRY = Path(__file__).parents[2] / "ontology" / "actors"
STATES = {
    "Argentina": "president",
    "Australia": "prime minister",
    "Belarus": "president",
    "Brazil": "president",
    "Canada": "prime minister",
    "China": "president",
    "Egypt": "president;interim president;chairman",
    "France": "president",
    "Germany": "chancellor",
    "India": "prime minister",
    "Indonesia": "president",
    "Iran": "president",
    "Israel": "prime minister",
    "Italy": "prime minister",
    "Japan": "prime minister",
    "Mexico": "president",
    "Nigeria": "president",
    "Pakistan": "prime minister",
    "Poland": "prime minister",
    "Russia": "president",
    "Saudi Arabia": "king",
    "South Africa": "president",
    "South Korea": "president;acting president",
    "Turkey": "president",
    "Ukraine": "president",
    "United Kingdom": "prime minister",
    "United States": "president",
    "Venezuela": "president",
}


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


@pytest.mark.parametrize(
    ("name", "country", "others"),
    [
        ("Sergei Ivanov", "RUS", ("Sergey Ivanov",)),
        ("Sergey Ivanov", "RUS", ("Sergei Ivanov",)),
        ("Sergei Ivanov", "USA", ()),
        ("Sergei", "RUS", ()),
        ("Horst Köhler", "DEU", ("Horst Koehler",)),
        ("Köhler", "DEU", ("Koehler",)),
        ("Joerg Koehler", "DEU", ()),
        ("Köhler", "SWE", ()),
    ],
)
def test_respell_table(name: str, country: str, others: tuple[str, ...]) -> None:
    assert respell([name], country, read_spellings(TABLES / "spellings.tsv")) == others


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
    _write(tmp_path, "spellings.tsv", "spellings countries")
    _write(tmp_path, "offices.tsv", "person title of start end leads", "Jo mayor Springfield . . .")
    with pytest.raises(ValueError, match="'Springfield' is not in the registry"):
        build_people(tmp_path, [])


def test_build_people_refuses_an_office_without_a_person(tmp_path: Path) -> None:
    _write(tmp_path, "people.tsv", "name aliases country sector wikidata")
    _write(tmp_path, "spellings.tsv", "spellings countries")
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


def test_offices_are_dated_and_end_after_they_begin() -> None:
    rows = read_table(TABLES / "offices.tsv")
    dates = [(row["start"] or "0000", row["end"] or "9999") for row in rows]
    assert [row for row, (start, end) in zip(rows, dates, strict=True) if not start[: len(end)] <= end] == []
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", date) for pair in dates for date in pair)


def test_no_holder_has_one_office_twice_at_once() -> None:
    terms: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in read_table(TABLES / "offices.tsv"):
        key = (row["person"], row["title"], row["of"])
        terms.setdefault(key, []).append((row["start"], row["end"] or "9999"))
    doubled = [
        (key, first, second)
        for key, held in terms.items()
        for first, second in pairwise(sorted(held))
        if second[0] < first[1][: len(second[0])]
    ]
    assert doubled == []


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_has_a_head_at_every_new_year_since_2010(state: str) -> None:
    titles = STATES[state].split(";")
    terms = [
        (row["start"], row["end"] or "9999")
        for row in read_table(TABLES / "offices.tsv")
        if row["of"] == state and row["title"] in titles
    ]
    days = [f"{year}-01-01" for year in range(2010, 2026)]
    assert [day for day in days if not any(start <= day <= end for start, end in terms)] == []


def _write(folder: Path, name: str, *rows: str) -> None:
    """A table from rows of words, a dot for an empty cell."""
    lines = ["\t".join("" if cell == "." else cell for cell in row.split()) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
