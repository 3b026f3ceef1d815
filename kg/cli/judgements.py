"""The commands that show and correct which entities are one."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.app import GraphPath, app, tell_dropped
from kg.terminal import note, say, show_table

WITHDRAW = "withdraw"


@app.command()
def judgements(
    graph: GraphPath,
    verdict: Annotated[
        str | None, typer.Option(help="Only those that are: same, different or unsure.", show_default=False)
    ] = None,
) -> None:
    """List which entities are judged to be one, or not, and why."""
    from kg.store import Store

    with Store.open(graph) as store:
        found = [one for one in store.judgements() if verdict in {None, one.verdict.value}]
    show_table(
        ("verdict", "one", "other", "judge", "reason"),
        [(one.verdict.value, one.one, one.other, one.judge, one.reason) for one in found],
    )
    note(f"{len(found)} judgements")


@app.command()
def judge(
    graph: GraphPath,
    one: Annotated[str, typer.Argument(metavar="ONE", help="Name or id of an entity.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Name or id of another.")],
    verdict: Annotated[
        str,
        typer.Argument(metavar="VERDICT", help="same, different, unsure; or withdraw, to take yours back."),
    ],
    reason: Annotated[str, typer.Option(help="Why.")] = "the user says so",
) -> None:
    """Say whether two entities are one. Your judgement wins over ours, is kept, and can be withdrawn."""
    from kg.errors import JudgementError
    from kg.store import Claim, Store
    from kg.store.builds import has_inferred
    from kg.types import Verdict

    if verdict not in {*Verdict, WITHDRAW}:
        raise typer.BadParameter(
            f"There is no verdict {verdict!r}; give one of {', '.join(Verdict)}, {WITHDRAW}."
        )
    with Store.open(graph, read_only=False) as store:
        had_inferred = has_inferred(store.data, store.base)
        waiting = 0
        if verdict != WITHDRAW:
            claim = Claim(one=one, other=other, verdict=Verdict(verdict), reason=reason)
            waiting = store.judge([claim]).waiting
        elif not store.withdraw(one, other):
            raise JudgementError(
                f"You have not judged {one!r} and {other!r}; `kg judgements {graph}` lists all."
            )
        is_dropped = had_inferred and not has_inferred(store.data, store.base)
    said = "judgement withdrawn" if verdict == WITHDRAW else verdict
    say(f"{graph}: {one} and {other}: {said}.")
    if waiting:
        note(
            f"{waiting} judgements wait for entities that no article names yet; if that was not meant, check "
            f"the names with `kg judgements {graph}`."
        )
    if is_dropped:
        say(tell_dropped(graph))
