"""The commands that take a graph to other programs, and in from them; and what follows from it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GraphPath, Ontology, Output, app, existing
from kg.cli.stores import (
    CaFile,
    DefaultGraphIri,
    GraphStoreUrl,
    QueryUrl,
    StoreName,
    Timeout,
    named_store,
)
from kg.terminal import created, note, say, show_table

if TYPE_CHECKING:
    from kg.store.importing import Imported
    from kg.store.remote import RemoteStore


SHOWN = 3
"""Articles that a note names."""

_FORMATS = (
    "jsonl csv parquet graphml gexf cytoscape neo4j plover plover-graph gdelt ftm "
    "ttl trig nq nt jsonld rdfxml"
)


@app.command()
def export(
    graph: GraphPath,
    format_: Annotated[str, typer.Option("--format", help=_FORMATS)],
    output: Output = None,
    relation_class: Annotated[
        list[str] | None, typer.Option("--class", help="Only relations of this class, such as CONSULT.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(help="Only those of this status.")] = None,
    property_: Annotated[
        list[str] | None, typer.Option("--property", help="Only those of this property, such as meets.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only those on or after a day, month or year (else by article date).")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only those on or before it, all of a month or year included.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only those at least so sure.")
    ] = None,
    around: Annotated[list[str] | None, typer.Option(help="Only those near the entity of this name.")] = None,
    hops: Annotated[
        int | None,
        typer.Option(min=0, help="How near to it, in relations; 1 if not given.", show_default=False),
    ] = None,
) -> None:
    """Write the graph for other programs; an option that is given several times takes any of its values."""
    from kg.export.files import export_graph, formats
    from kg.export.selection import Filters, selection_of
    from kg.store import Store

    if format_ not in formats():
        raise typer.BadParameter(f"There is no format {format_!r}; choose one of {', '.join(formats())}.")
    if hops is not None and not around:
        raise typer.BadParameter("--hops says how near to an entity; name one with --around.")
    filters: Filters = {
        "relation_class": relation_class or [],
        "status": status or [],
        "property": property_ or [],
        "since": since,
        "until": until,
        "min_confidence": min_confidence,
        "around": around or [],
        "hops": 1 if hops is None else hops,
    }
    with Store.open(graph) as store:
        selection = selection_of(filters, store.vocabulary)
        if output is None:
            export_graph(store, format_, sys.stdout.buffer, selection)
        else:
            with created(output) as file:
                export_graph(store, format_, file, selection)


@app.command(name="import")
def import_(
    graph: GraphPath,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…",
            help="Files of RDF that `kg export` wrote, also as .gz, or - for standard input.",
            callback=existing,
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="ttl trig nq nt jsonld rdfxml; else the files' endings tell it."),
    ] = None,
    ontology: Ontology = None,
    store: StoreName = None,
    query_url: QueryUrl = None,
    graph_store_url: GraphStoreUrl = None,
    default_graph: DefaultGraphIri = None,
    ca_file: CaFile = None,
    timeout: Timeout = 300,
) -> None:
    """Take graphs in from files of RDF, or from a triple store; an article replaces that of the same id."""
    from kg.store.importing import import_rdf

    remote = named_store(store, query_url, None, graph_store_url, default_graph, ca_file, timeout)
    if remote is None and not files:
        raise typer.BadParameter("Missing argument 'FILE…': name files of RDF, or a store with --store.")
    if remote is not None and files:
        raise typer.BadParameter("Name files of RDF, or a store with --store, but not both.")
    with ExitStack() as kept:
        if remote is not None:
            files, format_ = [kept.enter_context(_fetched(remote))], "nq"
        given = files or []
        done = import_rdf(given, graph, format_=_known_format(given, format_), ontology=ontology)
    _tell_import(done, graph)


@contextmanager
def _fetched(remote: RemoteStore) -> Iterator[str]:
    """A file, for the time being, of what a store holds of a graph."""
    from kg.store.remote.copying import write_copy

    with remote, tempfile.NamedTemporaryFile(suffix=".nq") as file:
        write_copy(remote, file)
        file.flush()
        yield file.name


def _known_format(files: list[str], format_: str | None) -> str | None:
    from kg.store import FORMATS

    if format_ is not None and format_ not in FORMATS:
        raise typer.BadParameter(f"There is no RDF format {format_!r}; choose one of {', '.join(FORMATS)}.")
    if format_ is None and "-" in files:
        raise typer.BadParameter("Standard input has no ending that tells its format; give --format.")
    return format_


def _tell_import(done: Imported, graph: Path) -> None:
    say(f"{graph}: {done.added} articles added, {done.replaced} replaced, {done.unchanged} unchanged.")
    if done.judgements:
        say(f"{done.judgements} judgements of users taken over; `kg judgements {graph}` lists them.")
    if done.is_derived:
        say("Entities and direct triples were derived anew from all articles.")
    if done.inferred:
        say(f"{done.inferred} triples inferred anew.")
    if done.altered:
        shown = ", ".join(map(repr, done.altered[:SHOWN])) + (" …" if len(done.altered) > SHOWN else "")
        note(
            f"{len(done.altered)} articles have another text than their hash says ({shown}); "
            f"`kg verify {graph}` tells which relations that touches."
        )


@app.command()
def infer(
    graph: GraphPath,
    remove: Annotated[bool, typer.Option("--remove", help="Take out what was inferred, instead.")] = False,
) -> None:
    """Add what follows by the ontology: symmetric, inverse, wider and transitive, in a graph of its own."""
    from kg.export.frames import shortened
    from kg.store import Store
    from kg.store.inference import forget_inferred
    from kg.store.inference import infer as infer_in

    with Store.open(graph, read_only=False) as store:
        if remove:
            say(f"{graph}: {forget_inferred(store)} inferred triples removed.")
            return
        done = infer_in(store)
        prefixes = store.prefixes
    say(f"{graph}: {done.total} triples inferred, in a graph of their own.")
    if done.total:
        show_table(("rule of OWL 2 RL", "triples"), list(done.by_rule.items()))
        say("")
        rows = [(shortened(iri, prefixes), count) for iri, count in done.by_property.items()]
        show_table(("property", "triples"), rows)
