"""The page of the named questions, made from the queries and what their headers say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.store.questions import Parameter, Question, questions

_INTRODUCTION = """\
# Named questions

The questions that `kg query GRAPH NAME`, `graph.ask(NAME)` and the query page of `kg serve` answer without
any SPARQL being written. Values are given as `-p NAME=VALUE`; a text finds every name that contains it, with
or without accents.

`kg questions` lists them. Each is a file of SPARQL, which is shown here whole: copy it to ask something
slightly different with `kg query GRAPH -f FILE.rq`.

| Question | Asks | Parameters |
| --- | --- | --- |"""
_EXAMPLES = {"text": "NATO", "date": "2023-01-01", "iri": "kg:meets"}


def question_page() -> str:
    """The page, in Markdown."""
    known = questions()
    rows = [f"| [`{one.name}`](#{one.name}) | {one.title} | {_listed(one)} |" for one in known]
    return "\n".join([_INTRODUCTION, *rows, "", *(line for one in known for line in _section(one))])


def _listed(question: Question) -> str:
    return ", ".join(f"`{one.name}`" + ("" if one.required else " (optional)") for one in question.parameters)


def _section(question: Question) -> Iterator[str]:
    query = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    yield f"## {question.name} {{ #{question.name} }}\n"
    yield f"**{question.title}.** {question.description}\n"
    if question.parameters:
        yield "| Parameter | Kind | Meaning |\n| --- | --- | --- |"
        yield from map(_row, question.parameters)
        yield ""
    yield f"```console\n$ kg query graph/ {question.name}{_values(question)}\n```\n"
    yield f"```sparql\n{query.strip()}\n```\n"


def _row(parameter: Parameter) -> str:
    kind = parameter.kind if parameter.required else f"{parameter.kind}, optional"
    return f"| `{parameter.name}` | {kind} | {parameter.description} |"


def _values(question: Question) -> str:
    """Values for an example: of all parameters that must be there, else of the first."""
    wanted = [one for one in question.parameters if one.required] or list(question.parameters[:1])
    return "".join(f" -p {one.name}={_EXAMPLES[one.kind]}" for one in wanted)
