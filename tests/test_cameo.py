"""The CAMEO scheme, complete and mapped to PLOVER, and the table that gives relations their codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import VocabularyError
from kg.types import EntityType, Relation, Status
from kg.vocabulary import SKOS, load_vocabulary, ontology_files
from kg.vocabulary.cameo import (
    EventCode,
    Target,
    code_of,
    load_coding_rules,
    load_event_codes,
    read_table,
    rule_of,
)
from kg.vocabulary.files import Index, index_files, ontology_folder
from tests.builders import make_entity, make_extraction, make_relation

CAMEO = "https://w3id.org/actors-kg/cameo#"
PLOVER = "https://w3id.org/actors-kg/plover#"
ONE_TO_ONE = {
    "03": "AGREE",
    "04": "CONSULT",
    "06": "COOPERATE",
    "07": "AID",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
}
NO_GOLDSTEIN = ["155", "176", "1834", "1951", "1952"]
OTHERWISE = {
    ("bans", "172"): "a ban is an administrative sanction, which PLOVER has in COERCE",
    ("convicts", "116"): "PLOVER moved verdicts against bodies to SANCTION",
    ("expels", "174"): "to deport persons is COERCE in both, while the property also puts out bodies",
    ("honours", "017"): "PLOVER drops symbolic acts",
    ("informs", "010"): "PLOVER drops statements",
    ("mediates", "045"): "the property is of a state; its act is to consult",
    ("resignsFrom", "080"): "CAMEO has no code of RETREAT without a kind but 080",
    ("says", "010"): "PLOVER drops statements",
    ("statesAbout", "010"): "PLOVER drops statements",
    ("surrendersTo", "080"): "CAMEO has no code of RETREAT without a kind but 080",
    ("withdrawsFrom", "080"): "CAMEO has no code of RETREAT without a kind but 080",
    ("withdrawsFrom", "160"): "to leave a body reduces relations with it",
}
"""Where the PLOVER type of a property's code is not the property's class, and why."""


@pytest.fixture(scope="module")
def index() -> Index:
    return index_files([ontology_folder() / "cameo.ttl"])


@pytest.fixture(scope="module")
def codes() -> dict[str, EventCode]:
    return dict(load_event_codes())


def objects(index: Index, subject: str, predicate: ox.NamedNode | str) -> set[str]:
    name = predicate if isinstance(predicate, str) else predicate.value
    return {value for value, _ in index[subject].get(name, ())}


def skos(name: str) -> str:
    return f"http://www.w3.org/2004/02/skos/core#{name}"


def relation(property_: str | None, class_: str = "CONSULT", **fields: object) -> Relation:
    [article] = [make_extraction().article]
    given = {"subject": make_entity("Ana Bell"), "object": make_entity("Bo Cole"), "predicate": "do"} | fields
    subject, object_ = given.pop("subject"), given.pop("object")
    predicate = str(given.pop("predicate"))
    return make_relation(
        article, subject, predicate, object_, property=property_, relation_class=class_, **given
    )


def coded(relation: Relation) -> str | None:
    code = code_of(relation, load_vocabulary())
    return code.code if code else None


# The scheme.


def test_cue_categories_are_the_twenty(codes):
    assert [code for code in codes if len(code) == 2] == [f"{number:02}" for number in range(1, 21)]


def test_every_code_has_its_wider_one_and_each_is_named_by_both(codes, index):
    for code in (code for code in codes if len(code) > 2):
        assert code[:-1] in codes
        assert objects(index, CAMEO + code, skos("broader")) == {CAMEO + code[:-1]}
        assert CAMEO + code in objects(index, CAMEO + code[:-1], skos("narrower"))


def test_every_category_has_a_code_for_what_is_not_specified(codes):
    roots = [code for code in codes if len(code) == 2]
    assert [root for root in roots if "not specified" not in codes[f"{root}0"].label] == []


def test_every_code_is_described_once(codes, index):
    for code in codes:
        for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.definition, SKOS.inScheme):
            assert len(objects(index, CAMEO + code, predicate)) == 1, (code, predicate)
    assert len({code.definition for code in codes.values()}) > 0.9 * len(codes)
    assert len({code.label for code in codes.values()}) == len(codes)


def test_top_concepts_are_the_cue_categories(codes, index):
    tops = objects(index, f"{CAMEO}eventCodes", skos("hasTopConcept"))
    assert tops == {CAMEO + code for code in codes if len(code) == 2}


def test_goldstein_values_lie_on_the_scale_and_are_left_out_only_where_none_is_published(codes):
    values = {code.code: code.goldstein for code in codes.values()}
    assert [code for code, value in values.items() if value is None] == NO_GOLDSTEIN
    assert all(-10 <= value <= 10 for value in values.values() if value is not None)
    assert (values["057"], values["163"], values["190"]) == (8.0, -8.0, -10.0)


def test_quad_classes_follow_the_cue_categories(codes):
    classes = [codes[f"{number:02}"].quad_class for number in range(1, 21)]
    assert classes == [1] * 5 + [2] * 3 + [3] * 5 + [4] * 7
    assert all(code.quad_class == codes[code.root].quad_class for code in codes.values())


def test_codes_are_no_part_of_the_vocabulary():
    assert "cameo.ttl" not in [path.name for path in ontology_files()]
    assert not {"042", "eventCodes"} & set(load_vocabulary().classes)


# The mapping to PLOVER.


def test_every_code_but_comments_has_a_plover_type(codes):
    without = [code for code in codes if codes[code].plover is None]
    assert without == [code for code in codes if code[:2] == "01"] + ["08"]


def test_every_plover_type_is_reached(codes):
    events = {name for name, entry in load_vocabulary().classes.items() if entry.kind == "event"}
    assert {code.plover for code in codes.values()} - {None} == events


def test_one_to_one_categories_go_there_and_back(codes, index):
    exact = {code: objects(index, CAMEO + code, SKOS.exactMatch) for code in codes}
    assert {code: found for code, found in exact.items() if found} == {
        code: {PLOVER + type_} for code, type_ in ONE_TO_ONE.items()
    }
    for root, type_ in ONE_TO_ONE.items():
        assert {code.root for code in codes.values() if code.plover == type_} == {root}
        assert {code.plover for code in codes.values() if code.root == root} == {type_}


def test_yielding_is_split(codes, index):
    narrower = objects(index, f"{CAMEO}08", skos("narrowMatch"))
    assert narrower == {f"{PLOVER}CONCEDE", f"{PLOVER}RETREAT"}
    assert [codes[code].plover for code in ("080", "0813", "084", "0871")] == [
        *["CONCEDE"] * 2,
        *["RETREAT"] * 2,
    ]


# The table.


def test_table_knows_its_terms():
    known = {*load_vocabulary().properties, *load_vocabulary().classes}
    assert set(load_coding_rules()) <= known


@pytest.mark.parametrize("name", sorted(n for n, c in load_vocabulary().classes.items() if c.kind == "event"))
def test_every_event_class_gets_a_code_of_its_own_type(name, codes):
    found = coded(relation(None, name))
    assert found is not None
    expected = "CONCEDE" if name == "RETREAT" else name  # see OTHERWISE
    assert codes[found].plover == expected


def test_every_property_of_an_event_class_gets_a_code():
    classes = load_vocabulary().classes
    events = [p for p in load_vocabulary().properties.values() if classes[p.relation_class].kind == "event"]
    assert len(events) > 50
    without = [p.name for p in events if not any(r.codes for r in load_coding_rules().get(p.name, ()))]
    assert without == []


def test_codes_of_properties_are_of_their_class_but_for_the_known(codes):
    properties, found = load_vocabulary().properties, set()
    for term, rules in load_coding_rules().items():
        asserted = {rule.codes[Status.ASSERTED] for rule in rules if Status.ASSERTED in rule.codes}
        own = properties[term].relation_class if term in properties else None
        found |= {(term, code) for code in asserted if own and codes[code].plover != own}
    assert found == set(OTHERWISE)


def test_what_is_not_done_yet_is_only_an_intent_a_threat_or_an_appeal():
    rules = [rule for rules in load_coding_rules().values() for rule in rules]
    assert {rule.codes[Status.PLANNED][:2] for rule in rules if Status.PLANNED in rule.codes} == {"03", "13"}
    assert {rule.codes[Status.REQUESTED][:2] for rule in rules if Status.REQUESTED in rule.codes} == {"02"}


ARMY = make_entity("Army", EntityType.ORGANIZATION, sector="MIL")
PRESS = make_entity("Daily Bell", EntityType.ORGANIZATION, sector="MED")
CODED = [
    pytest.param(relation("meets"), "040", id="meets"),
    pytest.param(relation("meets", status=Status.PLANNED), "036", id="will meet"),
    pytest.param(relation("meets", status=Status.REQUESTED), "026", id="should meet"),
    pytest.param(relation("meets", status=Status.NEGATED), None, id="did not meet"),
    pytest.param(relation("meets", status=Status.POSSIBLE), None, id="may meet"),
    pytest.param(relation("talksWith", predicate="speak by phone with"), "041", id="by its word"),
    pytest.param(relation("kills", "ASSAULT", predicate="kill"), "180", id="by whoever"),
    pytest.param(relation("kills", "ASSAULT", subject=ARMY), "190", id="by its subject's sector"),
    pytest.param(relation("sanctions", "SANCTION", status=Status.PLANNED), "1312", id="threat"),
    pytest.param(relation("sanctions", "SANCTION"), "163", id="sanctions"),
    pytest.param(relation("memberOf", "MEMBER_OF"), None, id="state"),
    pytest.param(
        relation("hosts", object=make_entity("Lake Cup", EntityType.EVENT)), None, id="hosts an event"
    ),
    pytest.param(
        relation("convicts", "COERCE", object=make_entity("Lake Gang", EntityType.GROUP)), "173", id="gang"
    ),
    pytest.param(relation("statesAbout", "OTHER"), "010", id="statement"),
    pytest.param(relation("statesAbout", "OTHER", subject=PRESS), None, id="report of the press"),
    pytest.param(relation("ownProperty", "AID"), "070", id="user's own by its class"),
]


@pytest.mark.parametrize(("said", "code"), CODED)
def test_relation_gets_its_code(said, code):
    assert coded(said) == code


def test_property_without_rules_goes_by_the_wider_one():
    words = load_vocabulary()
    own = replace(words.properties["arms"], name="lends", parent="arms")
    wider = replace(words, properties={**words.properties, "lends": own})
    found = code_of(relation("lends", "AID"), wider)
    assert found is not None
    assert found.code == "072"


def test_rule_tells_what_the_object_is():
    rules = {name: rule_of(relation(name), load_vocabulary()) for name in ("visits", "discusses", "meets")}
    targets = {name: rule.target for name, rule in rules.items() if rule}
    assert targets == {"visits": Target.BOTH, "discusses": Target.TOPIC, "meets": Target.AIMED_AT}


def test_table_that_is_missing_is_told():
    with pytest.raises(VocabularyError, match=r"cannot be read.*install the package again"):
        read_table("none.tsv")


def test_turtle_says_nothing_twice():
    text = (ontology_folder() / "cameo.ttl").read_text("utf-8")
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert len(quads) == len(set(quads)) > 2000


def test_package_holds_the_scheme_beside_the_ontology():
    names = {path.name for path in Path(ontology_folder()).iterdir()}
    assert {"cameo.ttl", "cameo.tsv", "cameo-groups.tsv", "countries.tsv"} <= names
