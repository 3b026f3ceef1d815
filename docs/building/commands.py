"""The page of the command line, made from the commands themselves, so that none is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typer

_TOLD = re.compile(r"\s*\[default[^\]]*\]")
"""Defaults that a help text tells itself; some are of the machine, and a page is for all machines."""
_DEFAULT = re.compile(r"\[default: ([^\];]*)")
_BOUNDS = re.compile(r"\[[^\]]*x>=[^\]]*\]|\[[^\]]*<=x<=[^\]]*\]")
_KINDS = {
    **dict.fromkeys(("str", "text", "list[str]"), "TEXT"),
    **dict.fromkeys(("int range", "integer range", "int", "integer", "float range", "float"), "NUMBER"),
    **dict.fromkeys(("path", "list[path]"), "PATH"),
    "file": "FILE",
}
"""What help texts call the kinds of values, by version of typer, and what we do."""
_INTRODUCTION = """\
# The command line

Every command of `kg`, with every argument and option, as `kg COMMAND --help` tells them. What each returns to
the shell is told under [exit codes](exit-codes.md); environment variables are under
[configuration](configuration.md).

An option in **bold** must be given. An option that may be given several times is marked “several”.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, or a group of commands, of the command line."""

    path: tuple[str, ...]
    """Its words, `kg` first."""
    command: Any
    """What Click has of it; typer brings a Click of its own, or takes the one that is installed."""

    @property
    def name(self) -> str:
        """Its words in a row, such as `kg ontology check`."""
        return " ".join(self.path)

    @property
    def anchor(self) -> str:
        """Where the page tells of it."""
        return "-".join(self.path)

    @property
    def parameters(self) -> list[Any]:
        """Arguments and options, those that are not hidden."""
        return [one for one in self.command.params if not getattr(one, "hidden", False)]

    @property
    def options(self) -> list[str]:
        """All spellings of its options, such as `--output` and `-o`."""
        return [
            spelling
            for one in self.parameters
            if one.param_type_name == "option"
            for spelling in (*one.opts, *one.secondary_opts)
        ]

    def context(self) -> Any:
        """What Click needs to tell of the command, or to take its arguments apart."""
        return self.command.context_class(self.command, info_name=self.name)

    @property
    def is_group(self) -> bool:
        """Whether it only holds other commands."""
        return bool(getattr(self.command, "commands", None))


def commands() -> list[Command]:
    """All commands that are not hidden, sorted by name; groups stand before what they hold.

    >>> [one.name for one in commands()][:2]
    ['kg', 'kg backup']
    """
    from kg.cli import app

    return list(_walk(typer.main.get_command(app), ("kg",)))


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[Command]:
    if command.hidden:
        return
    yield Command(path=path, command=command)
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(inner, (*path, name))


def command_page(used: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The page of all commands, in Markdown.

    Args:
        used: Titles and addresses of the pages that tell how to use a command, by its name.
    """
    return "\n".join([_INTRODUCTION, *(_section(one, used.get(one.name, ())) for one in commands()[1:])])


def _section(command: Command, used: Sequence[tuple[str, str]]) -> str:
    parts = [f"## {command.name} {{ #{command.anchor} }}", command.command.help or ""]
    if command.is_group:
        inner = [f"[`{command.name} {name}`](#{command.anchor}-{name})" for name in command.command.commands]
        return "\n\n".join([*parts, f"Its commands: {', '.join(sorted(inner))}.", ""])
    parts.append(f"```text\n{usage(command)}\n```")
    arguments = [one for one in command.parameters if one.param_type_name == "argument"]
    options = [one for one in command.parameters if one.param_type_name == "option"]
    if arguments:
        parts.append("\n".join(_arguments(arguments)))
    if options:
        parts.append("\n".join(_options(options, command)))
    if used:
        parts.append("How to use it: " + ", ".join(f"[{title}]({address})" for title, address in used) + ".")
    return "\n\n".join([*parts, ""])


def usage(command: Command) -> str:
    """How a command is written.

    >>> usage(next(one for one in commands() if one.name == "kg restore"))
    'kg restore [OPTIONS] BACKUP GRAPH'
    """
    arguments = [_placeholder(one) for one in command.parameters if one.param_type_name == "argument"]
    return " ".join([command.name, "[OPTIONS]", *arguments])


def _placeholder(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _arguments(arguments: Sequence[Any]) -> Iterator[str]:
    yield "| Argument | Meaning |"
    yield "| --- | --- |"
    for one in arguments:
        yield f"| `{_cell(one.metavar or one.name.upper())}` | {_cell(one.help or '')} |"


def _options(options: Sequence[Any], command: Command) -> Iterator[str]:
    yield "| Option | Value | Default | Meaning |"
    yield "| --- | --- | --- | --- |"
    for one in options:
        written, told = one.get_help_record(command.context())
        default = _DEFAULT.search(told)
        bounds = f"`{_bounds(found[0])}`" if (found := _BOUNDS.search(told)) else ""
        cells = (_value(one, written), f"`{_number(default[1])}`" if default else "", f"{one.help} {bounds}")
        told_of = " | ".join(_cell(_TOLD.sub("", cell)) for cell in cells)
        yield f"| {_spelled(one, command)} | {told_of} |"


def _spelled(option: Any, command: Command) -> str:
    anchor = f"{command.anchor}-{option.opts[0].strip('-')}"
    first, *others = [*option.opts, *option.secondary_opts]
    strong = "**" if option.required else ""
    return ", ".join([f"{strong}`{first}`{strong}{{ #{anchor} }}", *(f"`{other}`" for other in others)])


def _value(option: Any, written: str) -> str:
    """What an option takes, from how its help has it: `--port <int range>`."""
    value = re.sub(r"^(?:-[\w-]+(?:, | |$))+", "", written).strip("<>")
    kind = _KINDS.get(value.casefold(), value)
    return "" if not kind else f"`{kind}`" + (", several" if option.multiple or "list" in value else "")


def _bounds(found: str) -> str:
    """Bounds as people write them: `0–1`, `≥ 1`."""
    both = re.search(r"([\d.]+)<=x<=([\d.]+)", found)
    return f"{both[1]}–{both[2]}" if both else re.sub(r".*x>=([\d.]+).*", r"≥ \1", found)


def _number(text: str) -> str:
    return text.removesuffix(".0")


def _cell(text: str) -> str:
    """Text as a cell of a table, in which a bar would end it and a tag would be one."""
    return " ".join(text.split()).replace("|", r"\|").replace("<", "&lt;")
