"""The pages of the Python API: which modules there are, and the directives that mkdocstrings fills."""

from __future__ import annotations

PACKAGES = {
    "kg": "What most programs need: build, open, extract, and the records that come out.",
    "kg.graph": "A graph as Python and notebooks use it.",
    "kg.rows": "Rows of an answer, and how they become a data frame.",
    "kg.cards": "What notebooks show of a graph, an entity, an article, and statements.",
    "kg.errors": "All errors that are raised on purpose.",
    "kg.articles": "Articles from files, folders and remote places, and which are refused.",
    "kg.articles.fetching": "Fetching of pages and files, within limits.",
    "kg.articles.feeds": "Entries of feeds.",
    "kg.watching": "What feeds bring, added to a graph as it comes.",
    "kg.builder": "A graph from articles, also from those of a program of your own.",
    "kg.export.files": "All export formats by their names.",
    "kg.export.selection": "Filters of relations, as methods and commands take them.",
    "kg.export.networks": "Networks for networkx.",
    "kg.export.bundles": "Networks with an edge for all relations of the same kind.",
    "kg.export.page": "The page that `kg view` writes.",
    "kg.explanation": "How a relation was read, and what lost one that was not.",
    "kg.exploration": "What a page asks of a graph: neighbours, evidence, paths, timelines.",
    "kg.evaluation": "Scores of relations against gold.",
    "kg.rdf": "Records as triples, and back.",
    "kg.rdf.validation": "What a graph must be like, by shapes in SHACL.",
    "kg.reference": "Checks of an ontology, and its reference pages.",
    "kg.server": "The server, also beside a program of your own.",
    "kg.store": "The store that holds a graph: adding, judging, asking.",
    "kg.store.backups": "Backups of a graph, and what restores them.",
    "kg.store.importing": "Graphs from files of RDF.",
    "kg.store.remote": "A store over HTTP: asking it, and pushing a graph to it.",
    "kg.store.search": "The index of names.",
    "kg.vocabulary": "The ontology as plain records, and its namespaces.",
}
"""What is public, with what is there, in the order in which it is shown."""
FIRST = (
    *("build", "open", "Graph", "BuildOptions"),
    *("load", "extract", "extract_all", "read_articles", "sample_articles"),
    *("Article", "Extraction", "Mention", "MentionKind", "Entity", "EntityType"),
    *("Relation", "Status", "Evidence", "IRI", "KgError"),
    *("connect", "RemoteGraph", "RemoteSettings"),
)
"""The names of `kg` in the order in which a reader needs them."""
_INTRODUCTION = """\
# Python API

What can be imported, made from the docstrings. `import kg` is enough for most; the other modules are for
programs that want a part of it alone. What is not listed here is internal, and may change without notice.

| Module | Is there for |
| --- | --- |"""


def api_pages() -> dict[str, str]:
    """The pages in Markdown, by their names; `index.md` lists the others.

    >>> list(api_pages())[:2]
    ['index.md', 'kg.md']
    """
    rows = [f"| [`{name}`]({name}.md) | {purpose} |" for name, purpose in PACKAGES.items()]
    pages = {"index.md": "\n".join([_INTRODUCTION, *rows, ""])}
    for name, purpose in PACKAGES.items():
        members = f"    options:\n      members: {list(FIRST)}\n" if name == "kg" else ""
        pages[f"{name}.md"] = f"# `{name}` {{ #{name}-page }}\n\n{purpose}\n\n::: {name}\n{members}"
    return pages
