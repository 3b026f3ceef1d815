"""Reads the queries and their answers."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PREFIXES = """\
PREFIX : <http://example.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A query, and what it gives."""

    name: str
    """The section of the recommendation, and what is tested."""
    text: str
    """The query; it gets the prefixes unless it has a prologue of its own."""
    answer: str | None = None
    """By hand: rows, `true` or `false`, or a graph in Turtle; None where only the engine is compared to."""

    @property
    def query(self):
        """The query as it is sent."""
        has_prologue = self.text.upper().startswith(("PREFIX", "BASE"))
        return self.text if has_prologue else PREFIXES + self.text

    @property
    def form(self):
        """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`."""
        return re.search(r"(?i)\b(select|ask|construct|describe)\b", self.text)[0].upper()

    @property
    def is_ordered(self):
        """Whether the rows come in an order: ORDER BY stands outside of subqueries."""
        return "ORDER BY" in self.text.rpartition("}")[2]


def read_cases():
    """All cases, in the order of the files: `### name`, the query, `---` and the answer."""
    texts = [(FOLDER / f"{name}.txt").read_text("utf-8") for name in ("patterns", "forms", "functions")]
    return [_case(block) for text in texts for block in text.removeprefix("### ").split("\n### ")]


def _case(block):
    name, _, rest = block.partition("\n")
    text, mark, answer = rest.partition("\n---\n")
    return Case(name=name, text=text.strip("\n"), answer=answer.strip("\n") if mark else None)
