"""How tests drive the query page."""

import re
from urllib.parse import quote

WHO = (
    "SELECT ?who ?whom ?relation WHERE { ?relation kg:subject ?who ; kg:object ?whom ; kg:property kg:meets }"
)
REFUSED = re.compile(r"error: Failed to load resource: the server responded with a status of (400|401|504)")
"""What Chromium says of every refusal, whatever a page does with it."""


def open_editor(watched):
    """Opens the page, and waits until its script has taken the place of the form that works without one."""
    watched.open("query")
    editor(watched).wait_for()


def ask(watched, query, *, view="table"):
    """Opens the page with a query, and waits for the answer."""
    watched.open(f"query?query={quote(query)}&as={view}")
    told(watched).wait_for()


def told(watched):
    """What is said of the answer."""
    return watched.page.locator(".told strong")


def editor(watched):
    return watched.page.get_by_label("SPARQL query")


def write(watched, text):
    """Types a query in the place of the one that is there; what the editor closes by itself is typed over."""
    editor(watched).click()
    watched.page.keyboard.press("Control+A")
    watched.page.keyboard.type(text)


def written(watched):
    return "\n".join(editor(watched).locator(".cm-line").all_inner_texts())


def column(watched, place):
    return watched.page.locator(f"tbody tr td:nth-child({place})").all_inner_texts()


def values(watched):
    """What stands in the cells, without datatypes."""
    return watched.page.locator("tbody td bdi, tbody td > a").all_inner_texts()


def forget_refusals(watched):
    """Lets the browser tell of an answer that was refused, now and later."""
    watched.said[:] = [line for line in watched.said if not REFUSED.match(line)]
    watched.may_say("Failed to load resource")
