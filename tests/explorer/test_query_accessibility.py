"""The query page keeps nobody out: axe finds nothing in any of its states."""

import pytest

from tests.explorer.querying import WHO, ask, forget_refusals, told, write

pytestmark = pytest.mark.browser
COUNTED = "SELECT ?who (COUNT(*) AS ?relations) WHERE { ?relation kg:subject ?who } GROUP BY ?who"
TRIPLES = "CONSTRUCT { ?who kg:meets ?whom } WHERE { ?relation kg:subject ?who ; kg:object ?whom }"


def first(watched):
    watched.open("query")
    watched.page.get_by_role("heading", name="Or ask one of these").wait_for()


def mistaken(watched):
    first(watched)
    write(watched, "SELECT ?who WHERE { ?who a ")
    watched.page.keyboard.press("Control+Enter")
    watched.page.get_by_role("alert").wait_for()


def completed(watched):
    first(watched)
    write(watched, "SELECT ?who WHERE { ?who kg:")
    watched.page.keyboard.press("Control+Space")
    watched.page.locator(".cm-tooltip-autocomplete").wait_for()


def questioned(watched):
    watched.open("query?question=what-is-planned")
    told(watched).wait_for()


STATES = {
    "first": first,
    "table": lambda watched: ask(watched, WHO),
    "chart": lambda watched: ask(watched, COUNTED, view="chart"),
    "graph": lambda watched: ask(watched, TRIPLES, view="graph"),
    "question": questioned,
    "mistake": mistaken,
    "completion": completed,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "watched",
    [
        {"reduced_motion": "reduce"},
        {"color_scheme": "dark", "reduced_motion": "reduce"},
        {"size": "phone", "reduced_motion": "reduce"},
    ],
    ids=["light", "dark", "phone"],
    indirect=True,
)
def test_axe_finds_nothing(watched, axe, state):
    STATES[state](watched)
    # The editor's own list is gone through by its arrows, and need not take the focus.
    found = [one for one in watched.violations(axe) if '<ul id="cm-ac-' not in one]
    assert found == []
    if state == "mistake":
        forget_refusals(watched)


def test_first_look_offers_the_questions(watched):
    first(watched)
    watched.page.get_by_role("link", name="What is planned").focus()
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("heading", name="What is planned").wait_for()
    watched.page.get_by_role("button", name="Ask").click()
    told(watched).wait_for()
    assert "question=what-is-planned" in watched.page.url
