"""What the guards refuse, with its place, and what they let through; what passes never ends a process."""

import json
import random
import subprocess
import sys
import time
from contextlib import suppress

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store.guards import DEEPEST, LONGEST_CHAIN, MOST_JOINS, refuse

SERVICE = "SERVICE SILENT <http://127.0.0.1:9/> {}"
CLAUSES = {
    "plain": (f"SELECT * {{ {SERVICE} }}", 1, 12),
    "small letters": ("SELECT * {\n service <a:b> {} }", 2, 2),
    "variable": ("SELECT * { VALUES ?x { <a:b> } SERVICE ?x {} }", 1, 32),
    "no space": ("SELECT*{SERVICE<a:b>{}}", 1, 9),
    "glued to SILENT": ("SELECT*{SERVICESILENT<a:b>{}}", 1, 9),
    "glued to a truth value": (f"SELECT * {{ ?s ?p true{SERVICE} }}", 1, 18),
    "glued to a number": (f"SELECT * {{ ?s ?p 1e5{SERVICE} }}", 1, 21),
    "after the dot of a number": (f"SELECT * {{ ?s ?p 1.{SERVICE} }}", 1, 20),
    "after the dot of an empty name": (f"PREFIX e: <e:> SELECT * {{ ?s ?p e:.{SERVICE} }}", 1, 36),
    "after the dot of a variable": (f"SELECT * {{ ?s ?p ?o.{SERVICE} }}", 1, 21),
    "short name": ("PREFIX e: <e:> SELECT * { SERVICE e:x {} }", 1, 27),
    "glued to a short name": ("PREFIX e: <e:> SELECT * { SERVICEe:x {} }", 1, 27),
    "empty prefix": ("PREFIX : <e:> SELECT * { SERVICE:x {} }", 1, 26),
    "empty prefix and comment": ("PREFIX : <e:> SELECT * { SERVICE:x # {\n{} }", 1, 26),
    "truth value or prefix": ("PREFIX : <e:> SELECT * { ?s ?p true.SERVICE:x {} }", 1, 32),
    "after a comment": (f"SELECT * {{ # '\n {SERVICE} }}", 2, 2),
    "after a comment that a return ends": (f"SELECT * {{ # \r {SERVICE} }}", 1, 16),
    "after a string": (f"SELECT * {{ ?s ?p 'a\\'' {SERVICE} }}", 1, 24),
    "after a long string": (f"SELECT * {{ ?s ?p '''a\\'''' {SERVICE} }}", 1, 28),
    "after an empty string": (f"SELECT * {{ ?s ?p ''{SERVICE} }}", 1, 20),
    "after a language": (f"SELECT * {{ ?s ?p 'a'@en-GB {SERVICE} }}", 1, 28),
    "in EXISTS": (f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {SERVICE} }} }}", 1, 37),
    "in a subquery": (f"SELECT * {{ {{ SELECT * {{ {SERVICE} }} }} }}", 1, 25),
    "in OPTIONAL": (f"SELECT * {{ OPTIONAL{{{SERVICE}}} }}", 1, 21),
    "behind a comparison": (f"SELECT * {{ FILTER(?a<'b>') {SERVICE} FILTER('1'='1') }}", 1, 28),
    "behind a comment in a comparison": (f"SELECT * {{ FILTER(?a<?b#>'''\n) {SERVICE} #''' \n}}", 2, 3),
    "within a comparison": ("SELECT * { FILTER(?a<?b)SERVICE?x#>\n{} }", 1, 25),
}  # fmt: skip
HARMLESS = {
    "names": "PREFIX foaf: <f:> SELECT ?service { ?service foaf:service _:service }",
    "prefix": "PREFIX service: <s:> ASK { service:a service:b service:c . ?s service:p ?o { ?a ?b ?c } }",
    "graph": "PREFIX service: <s:> SELECT * FROM service:g { GRAPH service:g { ?s ?p ?o } }",
    "texts": "SELECT * { ?s <https://e.example/#service> '''SERVICE' ''' , \"SERVICE\" } # SERVICE",
    "language": "SELECT * { ?s ?p 'a'@service }",
    "IRIs with slashes": "SELECT * { VALUES ?x { " + "<https://a.b/c/d-e+f*g> " * 3000 + "} }",
    "operators in strings": "SELECT * { VALUES ?x { " + '"a || b && c / d ((({{{" ' * 1000 + "} }",
    "operators in comments": "SELECT * { ?s ?p ?o } # " + "({[ || " * 3000,
    "list of numbers": f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({','.join(['-1'] * 5000)})) }}",
    "columns": f"SELECT * {{ VALUES ({' '.join(f'?x{n}' for n in range(300))}) {{ ({' 1' * 300}) }} }}",
    "long union": f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 500)} }}",
    "template": f"CONSTRUCT {{ {'?s a ?o . ' * 3000} }} WHERE {{ ?s ?p ?o }}",
    "count of all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(1-2<-1 && ?o<3 && 4>?o) }",
    "IRIs that compare": "SELECT * { ?s ?p ?o FILTER(?o=<a:#b>||<a:(((>=?o) (<a:#b><a:#c>) ?p ?s }",
    "triple terms": "SELECT * { ?r ?x <<( ?s ?p 'a' )>> . << ?a ?b ?c >> ?d ?e {| ?f ?g |} }",
    "paths": "PREFIX e: <e:> SELECT * { ?s ^e:p/(e:q|!(e:r|^e:s))*/e:t+/e:u? ?o ; e:v [ e:w (1 2) ] , 3 }",
    "modifiers": "SELECT (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) ORDER BY DESC(?n)",
}  # fmt: skip


@pytest.mark.parametrize("name", CLAUSES)
def test_service_clause_is_refused_with_its_place(name):
    text, line, column = CLAUSES[name]
    with pytest.raises(QueryError, match="SERVICE would reach the network") as caught:
        refuse(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("name", CLAUSES)
def test_service_clause_is_one_to_the_engine_or_an_error(name):
    """None of the table is refused that the engine would answer without a SERVICE clause."""
    without = CLAUSES[name][0].replace("SERVICE", "OPTIONAL").replace("service", "OPTIONAL")
    with pytest.raises(SyntaxError):
        list(ox.Store().query(without))


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_query_passes_and_is_one(name):
    refuse(HARMLESS[name])
    ox.Store().query(HARMLESS[name])


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("LOAD <http://127.0.0.1:9/>", 1),
        ("LOADSILENT<http://127.0.0.1:9/>INTO GRAPH<a:b>", 1),
        ("CLEAR ALL;load <a:b>", 11),
        ("PREFIX e: <e:> LOADe:x", 16),
        ("PREFIX : <e:> INSERT DATA {} ; LOAD:x", 32),
    ],
)
def test_load_is_refused_with_its_place(text, column):
    with pytest.raises(QueryError, match="LOAD would reach the network") as caught:
        refuse(text, is_update=True)
    assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX load: <l:> CLEAR SILENT GRAPH load:g ; COPY load:a TO load:b",
        "PREFIX load: <l:> INSERT DATA { load:s load:p 'LOAD' } # LOAD",
        "PREFIX load: <l:> WITH load:g DELETE { ?load ?p ?o } USING NAMED load:h WHERE { ?load ?p ?o }",
        f"INSERT DATA {{ {' '.join(f'<a:{n}> a <b:c> ; <d:e> 1 , -2 .' for n in range(2000))} }}",
    ],
)
def test_harmless_update_passes_and_is_one(text):
    refuse(text, is_update=True)
    ox.Store().update(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p 'a }", "1, column 18: the string that begins here has no end"),
        ('SELECT * {\n ?s ?p """a" }', "2, column 8: the string that begins here has no end"),
        ("SELECT * { ?s ?p ?o ) }", r"1, column 21: '\)' closes nothing"),
        ("SELECT * { FILTERe:f(?a<b:c>d) }", "1, column 24: '<b:c>' may be an IRI or a comparison"),
    ],
)
def test_what_cannot_be_read_is_refused(text, message):
    with pytest.raises(QueryError, match=message):
        refuse(text)


def test_size_is_in_bytes():
    refuse("ASK { ?s ?p 'é' }", size=18)
    with pytest.raises(QueryError, match="has 18 bytes, over the limit of 17"):
        refuse("ASK { ?s ?p 'é' }", size=17)


NESTS = {
    "group": ("{", "?s ?p ?o", "}"),
    "subselect": ("{ SELECT * {", "?s ?p ?o", "} }"),
    "graph": ("GRAPH ?g {", "?s ?p ?o", "}"),
    "optional": ("OPTIONAL {", "?s ?p ?o", "}"),
    "exists": ("?s ?p ?o FILTER NOT EXISTS {", "?s ?p ?o", "}"),
    "minus": ("?s ?p ?o MINUS {", "?s ?p ?o", "}"),
    "union": ("{", "?s ?p ?o", "} UNION { ?a ?b ?c }"),
    "collection": ("?s ?p ( (", "1", ") )"),
    "properties": ("?s ?p [ ?p [ ?p", "1", "] ]"),
}
INNER = {
    "parenthesis": ("(1 + ", "?o", ")"),
    "function": ("IF(true, CONCAT(", "?o", "), 1)"),
    "not": ("!(1 || ", "?o", ")"),
    "in": ("(1 IN (", "?o", "))"),
    "exists": ("(EXISTS { ?s ?p ?o FILTER(", "?o", ") })"),
    "triple": ("<<( ?s ?p ", "?o", ")>>"),
    "smaller": ("(?o<(", "?o", "))"),
}
LINKS = {
    "filter": "FILTER(?o != {}) ",
    "bind": "BIND({} AS ?b{}) ",
    "minus": "MINUS {{ ?s ?p {} }} ",
    "union": "{{ ?s ?p {} }} UNION ",
    "or": "FILTER(" + "?o || " * 20 + "{}) ",
    "plus": "FILTER(" + "?o+" * 20 + "{}) ",
    "smaller": "FILTER(?a<?b&&?o>{}) ",
    "path": "?s <a:p>/^<a:q>|<a:r> {} . ",
}


@pytest.mark.parametrize("name", [*NESTS, *INNER])
def test_nesting_passes_at_its_limit_and_not_above(name):
    def _nested(times):
        opening, middle, closing = NESTS.get(name) or INNER[name]
        body = f"{opening * times} {middle} {closing * times}"
        return f"ASK {{ {body} }}" if name in NESTS and name != "exists" else f"ASK {{ BIND({body} AS ?z) }}"

    with pytest.raises(QueryError, match="nested too deep"):
        refuse(_nested(DEEPEST + 1) if name != "exists" else _nested(DEEPEST), joins=10**6)
    refuse(_nested(DEEPEST // 5), joins=10**6)


@pytest.mark.parametrize("name", LINKS)
def test_chain_is_refused_above_its_limit(name):
    text = "".join(LINKS[name].format(n, n) for n in range(LONGEST_CHAIN + 1))
    with pytest.raises(QueryError, match="chained too deep"):
        refuse(f"ASK {{ {text} {{}} }}", joins=10**6)


@pytest.mark.parametrize(
    "text",
    ["?s ?p{0} ?o{0} . ", "OPTIONAL {{ ?s ?p{0} ?o{0} }} ", "{{ ?s ?p{0} ?o }} ", "VALUES ?x {{ {0} }} ",
     "GRAPH ?g {{ ?s ?p{0} ?o }}", "[] ?p 1 . ", "[ ?p 1 ] . "],
)  # fmt: skip
def test_joins_are_refused_above_their_limit_alone(text):
    def _joined(times):
        return f"ASK {{ {''.join(text.format(n) for n in range(times))} }}"

    refuse(_joined(MOST_JOINS // 2 - 1))
    with pytest.raises(QueryError, match=r"Line 1, column 5: the bracket that opens here joins"):
        refuse(_joined(MOST_JOINS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "?s " + "/".join(["<a:p>"] * 150) + " ?o",
        "?s ?p (" + "1 " * 80 + ")",
        "?s ?p " + "( " * 80 + "1" + " )" * 80,
        "?s ?p " + "1, " * 150 + "1",
        "?s ?p 1 " + "; ?p 1 " * 150,
    ],
)
def test_path_list_and_collection_are_joins(text):
    with pytest.raises(QueryError, match="triple patterns and steps of paths"):
        refuse(f"ASK {{ {text} }}")


def test_reading_takes_time_in_proportion_to_length():
    """As a ratio of two runs; each of these once made a pattern look through the rest again and again."""
    for piece in (
        "a.",
        "e:a..",
        "<a",
        "'''\\'''",
        "?a<b ",
        "_:a.",
        "a-",
        '"""" ',
        "@a-",
        "1.",
        "{",
        "((",
        "# \n",
        "<<",
    ):
        short, long = (_seconds(f"SELECT * {{ {piece * times}") for times in (2_000, 8_000))
        assert long < 12 * short + 0.02, piece


def _seconds(text):
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        with suppress(QueryError):
            refuse(text, nesting=10**9, chain=10**9, joins=10**9)
        best = min(best, time.process_time() - began)
    return best


CHILD = """
import json, sys
import pyoxigraph as ox
store = ox.Store()
store.update("INSERT DATA { <a:s> <a:p> 1 , 2 . GRAPH <a:g> { <a:s> <a:p> 3 } }")
for text in json.load(sys.stdin):
    try:
        found = store.query(text, use_default_graph_as_union=True)
        for number, _ in enumerate(found if not isinstance(found, ox.QueryBoolean) else ()):
            if number > 100:
                break
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        pass
    sys.stdout.write(".")
    sys.stdout.flush()
"""


def deep_query(chance: random.Random) -> str:
    """A query near the limits: nests within nests, and chains within them."""
    nests = [chance.choice(list(NESTS.values())) for _ in range(chance.choice((1, 3)))]
    inner = [chance.choice(list(INNER.values())) for _ in range(chance.choice((1, 3)))]
    outside = [chance.choice(nests) for _ in range(chance.randrange(DEEPEST))]
    inside = [chance.choice(inner) for _ in range(chance.randrange(DEEPEST - len(outside) + 10))]
    expression = "".join(o for o, _, _ in inside) + "?o" + "".join(c for _, _, c in reversed(inside))
    link = chance.choice(list(LINKS.values()))
    links = "".join(link.format(n, n) for n in range(chance.randrange(1 + LONGEST_CHAIN // 2)))
    middle = f" ?s ?p ?o {links} {{ ?s ?p ?o }} FILTER({expression}) "
    opened = "".join(o for o, _, _ in outside) + middle + "".join(c for _, _, c in reversed(outside))
    text = f"SELECT * {{ {opened} }}"
    return text[: chance.randrange(len(text))] if chance.random() < 0.2 else text


def outcomes(texts: list[str]) -> tuple[int, int]:
    """The exit status of a process that answers these one after the other, and how many it did."""
    command = [sys.executable, "-c", CHILD]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    return done.returncode, len(done.stdout)


def passed(texts):
    """Those that pass the guards, with room for what only takes time."""
    for text in texts:
        try:
            refuse(text)
        except QueryError:
            continue
        yield text


@pytest.mark.slow
def test_what_passes_never_ends_a_process():
    chance = random.Random(6)
    texts = list(passed(deep_query(chance) for _ in range(500)))
    assert len(texts) > 20
    assert outcomes(texts) == (0, len(texts))


def test_process_would_end_without_guards():
    status, done = outcomes(["ASK {" + "{" * 20_000 + "}" * 20_001])
    assert (status < 0, done) == (True, 0)


def _unconnected(count: int) -> str:
    return " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(count))


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {_unconnected(9)} }} LIMIT 1",
        f"ASK {{ {' '.join(f'{{ {_unconnected(1)} }}'.replace('0', str(n)) for n in range(9))} }}",
        f"ASK {{ {{ {_unconnected(5)} }} OPTIONAL {{ ?x {_unconnected(9).partition('?a5')[2]} }} }}",
        f"ASK {{ ?x ?y ?z FILTER EXISTS {{ {_unconnected(40)} }} }}",
        f"ASK {{ {{ SELECT * {{ {_unconnected(40)} }} }} }}",
    ],
    ids=["dots", "groups", "optional", "exists", "subselect"],
)
def test_product_of_many_parts_is_refused(text):
    with pytest.raises(QueryError, match=r"Line 1, column \d+: .* parts that share no variable"):
        refuse(text)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {_unconnected(8)} }}",
        "ASK { " + " . ".join(f"?a{n} ?b{n} ?a{n + 1}" for n in range(60)) + " }",
        "ASK { " + " ; ".join(["?a ex:b ?c0", *(f"ex:b ?c{n}" for n in range(1, 60))]) + " }",
        "ASK { " + " ".join(f"GRAPH ?g {{ ?a{n} ex:b ?c{n} }}" for n in range(30)) + " }",
        "ASK { ?x ex:a ?y " + " ".join(f"OPTIONAL {{ ?x ex:b{n} ?c{n} }}" for n in range(30)) + " }",
        "ASK { " + " UNION ".join(f"{{ ?a{n} ex:b ?c{n} }}" for n in range(30)) + " }",
        "ASK { " + " ".join(f"VALUES ?v{n} {{ 1 2 }} BIND({n} AS ?b{n})" for n in range(30)) + " }",
        "ASK { " + " . ".join(f"ex:a{n} ex:b ex:c" for n in range(60)) + " }",
        "ASK { " + " ".join(f"{{ SELECT (COUNT(*) AS ?n{n}) {{ ?s{n} ?p ?o }} }}" for n in range(30)) + " }",
        "ASK { " + " ".join(f"?a{n} ex:b ?c{n} FILTER(?c{n} = ?x)" for n in range(30)) + " }",
        "ASK { " + " ".join(f"[ ex:b ?c ; ex:d ?d{n} ] ex:e ?f{n} ." for n in range(30)) + " }",
    ],
    ids=[
        "few", "chain", "star", "graph", "optional", "union", "values", "constants", "counts", "filters",
        "blank",
    ],
)  # fmt: skip
def test_what_is_connected_is_let_through(text):
    refuse(text)
