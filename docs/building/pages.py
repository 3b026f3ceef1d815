"""The pages as they are written: their titles, their examples, and the commands that those run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_FENCE = re.compile(
    r"(?:^<!-- example: (?P<marker>[^\n]*?) -->\n+)?"
    r"^(?P<indent> *)```(?P<language>[\w-]*)(?P<options>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(r"(?<=\n) {4}(?:\$ )?(kg (?:[^\n\\]|\\\n|\\.)*)")
_TITLE = re.compile(r'title="([^"]+)"')
SHELL = frozenset({"sh", "bash", "console"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page."""

    language: str
    text: str
    line: int
    """Where it begins, from 1."""
    file: str | None
    """What the reader should call it, where it is a file."""
    marker: str
    """What the page says of it to the tests; empty for a block that they run as it is."""
    output: str | None
    """What it prints, where a block of text right below a block of Python shows that."""

    @property
    def commands(self) -> list[str]:
        """The command lines of a shell, each in one line; none of other languages."""
        return [line for line, _ in self.told] if self.language in SHELL else []

    @property
    def told(self) -> list[tuple[str, str | None]]:
        """The command lines with what they print; None for what is not shown."""
        if self.language == "console":
            return [*_session(self.text.splitlines())]
        return [(line, None) for line in _joined(self.text.splitlines())]


@dataclass(frozen=True)
class Reading:
    """A page of the documentation."""

    path: Path
    """Below `docs`."""
    text: str

    @property
    def title(self) -> str:
        """Its first heading."""
        found = re.search(r"^# (.+?)(?: \{.*)?$", self.text, re.MULTILINE)
        return found[1] if found else self.path.stem

    @cached_property
    def blocks(self) -> list[Block]:
        """Its fenced blocks, in order."""
        return [
            Block(
                language=found["language"],
                text=found["text"],
                line=self.text.count("\n", 0, found.start("language")) + 1,
                file=title[1] if (title := _TITLE.search(found["options"])) else None,
                marker=found["marker"] or "",
                output=below[1] if found["language"] == "python" and (below := self._below(found)) else None,
            )
            for found in _FENCE.finditer(self.text)
        ]

    def _below(self, found: re.Match[str]) -> re.Match[str] | None:
        return re.compile(r"\n\s*```text\n(.*?)^```$", re.MULTILINE | re.DOTALL).match(self.text, found.end())

    @property
    def calls(self) -> list[list[str]]:
        """The calls of `kg` that it shows: those of its blocks, and of lines that are indented as code."""
        indented = _joined(_INDENTED.findall(_FENCE.sub("", self.text)))
        lines = [line for block in self.blocks for line in block.commands]
        return [words for line in (*lines, *indented) for words in kg_calls(line)]

    @property
    def commands(self) -> list[str]:
        """The commands of `kg` that it shows, without arguments, each once, sorted."""
        return sorted({name for words in self.calls if (name := command_of(words))})


def read_pages(folder: Path) -> list[Reading]:
    """All pages that are written by hand, sorted by path; those of the ontology are made by `kg ontology`."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*.md"))
    written = [path for path in paths if path.parts[0] != "ontology"]
    return [Reading(path, (folder / path).read_text("utf-8")) for path in written]


def kg_calls(line: str) -> list[list[str]]:
    """The words of each call of `kg` in a command line of a shell, `kg` first.

    >>> kg_calls("KG_TOKEN=x kg serve graph/ && kg info 'my graph' | head")
    [['kg', 'serve', 'graph/'], ['kg', 'info', 'my graph']]
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    calls: list[list[str]] = []
    is_first = True
    for word in lexer:
        if re.fullmatch(r"[();<>|&]+", word):
            is_first = True
            calls.append([])
        elif is_first and re.fullmatch(r"\w+=.*", word, re.DOTALL):
            continue
        elif is_first:
            calls.append([word])
            is_first = False
        else:
            calls[-1].append(word)
    return [words for words in calls if words[:1] == ["kg"]]


def command_of(words: list[str]) -> str:
    """The name of the command that a call runs, such as `kg ontology check`; empty where there is none.

    >>> command_of(["kg", "ontology", "check", "mine.ttl"]), command_of(["kg", "--help"])
    ('kg ontology check', '')
    """
    length = 3 if words[1:2] == ["ontology"] else 2
    return " ".join(words[:length]) if len(words) >= length and not words[1].startswith("-") else ""


def _session(lines: list[str]) -> Iterator[tuple[str, str | None]]:
    """What a session at a prompt shows: each command with its output."""
    command: list[str] = []
    output: list[str] = []
    for line in [*lines, "$ "]:
        if line.startswith("$ "):
            if command:
                yield _whole(command), "\n".join(output) or None
            command, output = [line[2:]], []
        elif command and _is_open(command):
            command.append(line.removeprefix("> "))
        else:
            output.append(line)


def _joined(lines: list[str]) -> Iterator[str]:
    """The command lines of a script, without comments."""
    command: list[str] = []
    for line in lines:
        if command or (line.strip() and not line.lstrip().startswith("#")):
            command.append(line)
        if command and not _is_open(command):
            yield _whole(command)
            command = []


def _is_open(lines: list[str]) -> bool:
    """Whether a command goes on in the next line: after a backslash, or within a quotation."""
    try:
        shlex.split("\n".join(lines), comments=True)
    except ValueError:
        return True
    return lines[-1].endswith("\\")


def _whole(lines: list[str]) -> str:
    return re.sub(r"\\\n\s*", "", "\n".join(lines)).strip()
