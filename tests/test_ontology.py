"""The ontology's files hold together: terms, shapes, examples, and what they say of other vocabularies."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.vocabulary import KG, OWL, RDF, RDFS, SKOS, ontology_folder

ONTOLOGY = ontology_folder()
PATTERN = re.compile(r"[^\W\d_][\w'’./-]*(?: [\w'’./-]+)*")


@pytest.fixture(scope="module")
def terms() -> ox.Store:
    store = ox.Store()
    for name in ("kg", "plover"):
        store.load(path=ONTOLOGY / f"{name}.ttl")
    return store


def load(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path)
    return store


def schemes(terms: ox.Store) -> set[ox.NamedNode]:
    return {quad.object for quad in terms.quads_for_pattern(None, SKOS.inScheme, None, None)}


@pytest.mark.parametrize(
    "predicate", [RDFS.label, SKOS.definition, SKOS.example], ids=lambda term: term.value
)
def test_every_term_is_described(terms, predicate):
    defined = {quad.subject for quad in terms.quads_for_pattern(None, RDF.type, None, None)}
    ours = {term for term in defined if "#" in term.value and term not in schemes(terms)}
    lacking = [term.value for term in ours if not list(terms.quads_for_pattern(term, predicate, None, None))]
    assert sorted(lacking) == []


def test_every_property_has_class_and_types(terms):
    properties = [q.subject for q in terms.quads_for_pattern(None, RDFS.subPropertyOf, None, None)]
    edges = [p for p in properties if list(terms.quads_for_pattern(p, KG.relationClass, None, None))]
    for predicate in (RDFS.domain, RDFS.range, RDF.type):
        assert all(list(terms.quads_for_pattern(edge, predicate, None, None)) for edge in edges)


def test_every_property_has_a_shape(terms):
    shapes = (ONTOLOGY / "shapes.ttl").read_text("utf-8")
    properties = {q.subject.value for q in terms.quads_for_pattern(None, KG.relationClass, None, None)}
    targets = {KG.base + name for name in re.findall(r"sh:targetSubjectsOf kg:(\w+)", shapes)}
    assert targets >= properties


@pytest.mark.parametrize(("predicate", "target"), [(RDFS.domain, "sh:class"), (RDFS.range, "sh:path")])
def test_shapes_repeat_domain_and_range(terms, predicate, target):
    shapes = (ONTOLOGY / "shapes.ttl").read_text("utf-8")
    for quad in terms.quads_for_pattern(None, KG.relationClass, None, None):
        name = quad.subject.value.removeprefix(KG.base)
        kind = next(terms.quads_for_pattern(quad.subject, predicate, None, None)).object.value
        block = shapes.partition(f"sh:targetSubjectsOf kg:{name} ;")[2].partition("] .")[0]
        wanted = f"sh:class kg:{kind.removeprefix(KG.base)} ;"
        assert wanted in (block.partition("sh:property")[0 if target == "sh:class" else 2]), name


def test_parents_are_of_the_same_relation_class(terms):
    for quad in terms.quads_for_pattern(None, RDFS.subPropertyOf, None, None):
        classes = [
            {q.object for q in terms.quads_for_pattern(term, KG.relationClass, None, None)}
            for term in (quad.subject, quad.object)
        ]
        assert classes[0] == classes[1] or not classes[1] or not classes[0]


@pytest.mark.parametrize("predicate", [KG.verb, KG.inverseVerb, KG.noun], ids=lambda term: term.value)
def test_forms_are_lemma_sequences(terms, predicate):
    forms = [quad.object.value for quad in terms.quads_for_pattern(None, predicate, None, None)]
    assert [form for form in forms if not PATTERN.fullmatch(form) or form != form.lower()] == []


def test_symmetric_properties_take_the_same_types_at_both_ends_but_for_places(terms):
    for quad in terms.quads_for_pattern(None, RDF.type, OWL.SymmetricProperty, None):
        ends = [
            next(terms.quads_for_pattern(quad.subject, predicate, None, None)).object.value.partition("#")[2]
            for predicate in (RDFS.domain, RDFS.range)
        ]
        assert ends[0] == ends[1] or set(ends) <= {"Actor", "Party", "Person"}


WIKIDATA = {
    # What Wikidata says of its properties: the kind of the item, the kind of the value.
    "P6": ("Body", "Person"),  # head of government
    "P17": ("Entity", "Country"),  # country
    "P19": ("Person", "Location"),  # place of birth
    "P22": ("Person", "Person"),  # father
    "P25": ("Person", "Person"),  # mother
    "P26": ("Person", "Person"),  # spouse
    "P27": ("Person", "Country"),  # country of citizenship
    "P35": ("Body", "Person"),  # head of state
    "P36": ("Body", "Location"),  # capital
    "P39": ("Person", None),  # position held
    "P40": ("Person", "Person"),  # child
    "P50": ("Matter", "Person"),  # author
    "P54": ("Person", "Organization"),  # member of sports team
    "P102": ("Person", "Organization"),  # member of political party
    "P108": ("Person", "Body"),  # employer
    "P112": ("Organization", "Actor"),  # founded by
    "P127": ("Entity", "Party"),  # owned by
    "P131": ("Entity", "Location"),  # located in the administrative territorial entity
    "P137": ("Entity", "Party"),  # operator
    "P157": ("Person", "Entity"),  # killed by
    "P159": ("Organization", "Location"),  # headquarters location
    "P166": ("Party", "Matter"),  # award received
    "P169": ("Organization", "Person"),  # chief executive officer
    "P170": ("Matter", "Actor"),  # creator
    "P276": ("Entity", "Location"),  # location
    "P355": ("Organization", "Organization"),  # has subsidiary
    "P361": ("Entity", "Entity"),  # part of
    "P463": ("Actor", "Organization"),  # member of
    "P488": ("Organization", "Person"),  # chairperson
    "P527": ("Entity", "Entity"),  # has part(s)
    "P551": ("Person", "Location"),  # residence
    "P580": ("TermOfOffice", None),  # start time
    "P582": ("TermOfOffice", None),  # end time
    "P585": ("Relation", None),  # point in time
    "P664": ("Matter", "Party"),  # organizer
    "P710": ("Matter", "Party"),  # participant
    "P748": ("Person", "Party"),  # appointed by
    "P749": ("Organization", "Organization"),  # parent organization
    "P1037": ("Body", "Person"),  # director or manager
    "P1038": ("Person", "Person"),  # relative
    "P1268": ("Actor", "Entity"),  # represents
    "P1344": ("Party", "Matter"),  # participant in
    "P1346": ("Matter", "Party"),  # winner
    "P1365": ("Party", "Entity"),  # replaces
    "P1366": ("Entity", "Party"),  # replaced by
    "P1376": ("Location", "Body"),  # capital of
    "P1549": ("Entity", None),  # demonym
    "P1830": ("Party", "Entity"),  # owner of
    "P1891": ("Matter", "Party"),  # signatory
    "P3373": ("Person", "Person"),  # sibling
    "P3602": ("Person", "Matter"),  # candidacy in election
    "P4791": ("Entity", "Person"),  # commanded by
}
INVERSE = [
    # Pairs of properties that Wikidata calls inverse to each other.
    *(("P36", "P1376"), ("P361", "P527"), ("P127", "P1830"), ("P749", "P355"), ("P710", "P1344")),
    *(("P1365", "P1366"), ("P40", "P22"), ("P40", "P25")),
]
MATCHED = ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
OWL_VERSION = "http://www.w3.org/2002/07/owl#versionIRI"


def above(terms: ox.Store, term: ox.NamedNode, predicate: ox.NamedNode) -> set[ox.NamedNode]:
    found, waiting = {term}, [term]
    while waiting:
        quads = terms.quads_for_pattern(waiting.pop(), predicate, None, None)
        new = {quad.object for quad in quads} - found
        found |= new
        waiting.extend(new)
    return found


def wikidata_matches(terms: ox.Store) -> list[tuple[ox.NamedNode, str]]:
    quads = [
        quad
        for name in MATCHED
        for quad in terms.quads_for_pattern(None, ox.NamedNode(SKOS.base + name), None, None)
    ]
    entities = [
        (quad.subject, quad.object.value.removeprefix("http://www.wikidata.org/entity/")) for quad in quads
    ]
    return [(subject, entity) for subject, entity in entities if entity.startswith("P")]


def test_matches_to_wikidata_are_all_known(terms):
    matched = {entity for _, entity in wikidata_matches(terms)}
    assert matched == WIKIDATA.keys()


def test_matches_to_wikidata_run_our_way(terms):
    """As far as kinds tell: those at the ends of a property and of its match have members in common."""
    for term, entity in wikidata_matches(terms):
        for kind, predicate in zip(WIKIDATA[entity], (RDFS.domain, RDFS.range), strict=True):
            stated = [quad.object for quad in terms.quads_for_pattern(term, predicate, None, None)]
            if kind is None or not stated or (entity == "P276" and term == KG.place):
                continue
            theirs, ours = ox.NamedNode(KG.base + kind), stated[0]
            fit = theirs in above(terms, ours, RDFS.subClassOf) or ours in above(
                terms, theirs, RDFS.subClassOf
            )
            shared = leaves(terms, theirs) & leaves(terms, ours)
            assert fit or shared, (term.value, entity, kind)


@pytest.mark.parametrize(("one", "other"), INVERSE, ids="-".join)
def test_inverse_properties_of_wikidata_match_inverse_properties(terms, one, other):
    term = {entity: subject for subject, entity in wikidata_matches(terms)}
    pairs = {(q.subject, q.object) for q in terms.quads_for_pattern(None, OWL.inverseOf, None, None)}
    assert {(term[one], term[other]), (term[other], term[one])} & pairs


def leaves(terms: ox.Store, top: ox.NamedNode) -> set[ox.NamedNode]:
    types = [quad.subject for quad in terms.quads_for_pattern(None, RDF.type, KG.EntityType, None)]
    return {type_ for type_ in types if top in above(terms, type_, RDFS.subClassOf)}


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        (KG.State, "http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
        (KG.NamedEvent, "https://schema.org/Event"),
        (KG.Judgement, "http://www.w3.org/ns/prov#Activity"),
        (KG.Place, KG.Actor.value),
        (KG.Thing, "http://semanticweb.cs.vu.nl/2009/11/sem/Actor"),
    ],
    ids=["state", "treaty", "judgement", "place", "thing"],
)
def test_class_is_not_said_to_be_what_it_need_not_be(terms, term, wrong):
    assert ox.NamedNode(wrong) not in above(terms, term, RDFS.subClassOf)


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        (KG.controls, KG.owns),
        (KG.kills, KG.attacks),
        (KG.bornIn, KG.locatedIn),
        (KG.leads, KG.holdsPosition),
        (KG.organizes, KG.participatesIn),
        (KG.heldPosition, KG.holdsPosition),
    ],
    ids=lambda term: term.value.replace("/", "#").rpartition("#")[2],
)
def test_property_does_not_imply_what_need_not_be_true(terms, term, wrong):
    assert wrong not in above(terms, term, RDFS.subPropertyOf)


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        (KG.presidentOf, KG.holdsPosition),
        (KG.presidentOf, KG.leads),
        (KG.hasPresident, KG.ledBy),
        (KG.capitalOf, KG.locatedIn),
        (KG.subsidiaryOf, KG.partOf),
        (KG.marriedTo, KG.familyOf),
        (KG.hasMember, KG.relatesTo),
        (KG.meets, KG.relatesTo),
    ],
    ids=lambda term: term.value.rpartition("#")[2],
)
def test_property_implies_the_wider_one(terms, term, wanted):
    assert wanted in above(terms, term, RDFS.subPropertyOf)


def test_what_follows_is_never_read_from_articles(terms):
    inferred = {q.subject for q in terms.quads_for_pattern(None, OWL.inverseOf, None, None)} - {KG.parentOf}
    assert len(inferred) >= 30
    for predicate in (KG.relationClass, KG.verb, KG.noun):
        assert not [term for term in inferred if list(terms.quads_for_pattern(term, predicate, None, None))]


@pytest.mark.parametrize("stem", ["kg", "plover", "reused", "cameo"])
def test_ontology_has_a_header(stem):
    store = load(ONTOLOGY / f"{stem}.ttl")
    kind = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
    (node,) = {quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind, None)}
    said = {
        quad.predicate.value: quad.object.value for quad in store.quads_for_pattern(node, None, None, None)
    }
    dcterms = {
        f"http://purl.org/dc/terms/{name}" for name in ("title", "creator", "created", "modified", "license")
    }
    assert dcterms <= said.keys()
    assert said[OWL_VERSION] == f"{node.value}/{said[OWL_VERSION.replace('IRI', 'Info')]}"
