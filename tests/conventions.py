"""The rules of the project that a machine can hold, each as a function from a source file to its offences.

`test_conventions.py` applies them to the package, and shows on bad examples that each can fail.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

LAYERS = (
    ("__main__",),
    ("cli",),
    ("terminal",),
    ("server",),
    ("",),
    ("watching",),
    ("builder", "graph"),
    ("cards", "rows"),
    ("explanation", "exploration", "export", "partitions", "reference", "training"),
    ("extraction", "store"),
    ("articles", "relations", "rdf", "evaluation"),
    ("actors",),
    ("vocabulary", "language"),
    ("types",),
    ("display",),
    ("errors",),
)
"""From the top; imports go strictly downward. The empty name is `kg` itself."""

CONFINED = {
    "spacy": {"language", "actors", "relations", "extraction", "evaluation", "explanation", "training"},
    "thinc": {"language", "actors", "relations", "extraction", "training"},
    "rdflib": {"vocabulary", "rdf", "store", "export", "graph"},
    "pyoxigraph": {
        *{"vocabulary", "rdf", "store", "partitions", "exploration", "export", "graph", "reference"},
        "server",
    },
    "dask": {"partitions"},
    "distributed": {"partitions"},
    "torch": {"training"},
    "rigour": {"training"},
    "babel": {"training"},
}
"""Which parts may import a library."""

FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "misc", "common", "manager", "base"})
LONGEST_FILE, LONGEST_FUNCTION, DEEPEST, MOST_PARAMETERS = 400, 50, 3, 6
_NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A Python file of the package."""

    name: str
    """Its path below `kg`, such as `articles/plain.py`."""
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def part(self) -> str:
        """The part of the package that it belongs to: `articles`; empty for `kg/__init__.py`."""
        part = self.name.split("/")[0].removesuffix(".py")
        return "" if part == "__init__" else part

    @property
    def functions(self) -> list[Function]:
        """All its functions, also those within classes and functions."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


Rule = Callable[[Source], Iterator[str]]


def imported(source: Source) -> Iterator[str]:
    """The dotted names of all modules that a file imports, wherever in it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ([f"kg.{alias.name}" for alias in node.names] if module == "kg" else [module])


def layers(source: Source) -> Iterator[str]:
    """Imports go strictly downward."""
    level = {part: number for number, parts in enumerate(LAYERS) for part in parts}
    if source.part not in level:
        yield f"{source.part!r} has no layer"
        return
    for name in imported(source):
        head, _, rest = name.partition(".")
        part = rest.partition(".")[0]
        part = part if part in level else ""
        if head in {"kg", ""} and part != source.part and level[part] <= level[source.part]:
            yield f"imports {name}, which is not below it"


def confinement(source: Source) -> Iterator[str]:
    """Libraries stay in the parts that are for them."""
    for name in imported(source):
        allowed = CONFINED.get(name.partition(".")[0])
        if allowed is not None and source.part not in allowed:
            yield f"imports {name}, which belongs to {', '.join(sorted(allowed))}"


def file_size(source: Source) -> Iterator[str]:
    """A file is about one noun."""
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"has {lines} lines"


def file_name(source: Source) -> Iterator[str]:
    """Modules are nouns that say what is in them."""
    stem = source.name.removesuffix(".py").replace("/", ".")
    if FORBIDDEN_NAMES & set(stem.split(".")):
        yield f"{stem} says nothing"


def function_size(source: Source) -> Iterator[str]:
    """A function does one thing at one level."""
    for function in source.functions:
        body = function.body[1:] if ast.get_docstring(function) else function.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > LONGEST_FUNCTION:
            yield f"{function.name} has {lines} lines"


def parameters(source: Source) -> Iterator[str]:
    """At most six parameters, but for commands; no `*args, **kwargs` in what is public.

    A TypedDict that is unpacked (PEP 692) names each of its keywords, and is one record.
    """
    for function in source.functions:
        arguments = function.args
        # spaCy hands `nlp` and `name` to every factory.
        given = {"self", "cls"} | ({"nlp", "name"} if _is_factory(function) else set())
        count = len([a for a in (*arguments.posonlyargs, *arguments.args) if a.arg not in given])
        if count + len(arguments.kwonlyargs) > MOST_PARAMETERS and source.part != "cli":
            yield f"{function.name} has {count + len(arguments.kwonlyargs)} parameters"
        is_open = arguments.vararg or (arguments.kwarg and not _is_record(arguments.kwarg))
        if is_open and not function.name.startswith("_"):
            yield f"{function.name} takes *args or **kwargs"


def _is_record(keywords: ast.arg) -> bool:
    return keywords.annotation is not None and ast.unparse(keywords.annotation).startswith("Unpack[")


def _is_factory(function: Function) -> bool:
    return any("factory" in ast.unparse(decorator) for decorator in function.decorator_list)


def nesting(source: Source) -> Iterator[str]:
    """Blocks stand at most three deep."""
    for function in source.functions:
        depth = max((_depth(child) for child in function.body), default=0)
        if depth > DEEPEST:
            yield f"{function.name} nests {depth} deep"


def _depth(node: ast.AST) -> int:
    if isinstance(node, Function):
        return 0
    below = 0
    for field, value in ast.iter_fields(node):
        children = [
            child for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)
        ]
        # An `elif` stands beside its `if`, not within it.
        beside = isinstance(node, ast.If) and field == "orelse" and [type(c) for c in children] == [ast.If]
        below = max([below, *(_depth(child) - beside for child in children)])
    return below + isinstance(node, _NESTING)


def printing(source: Source) -> Iterator[str]:
    """Only the command line prints."""
    for node in ast.walk(source.tree):
        is_print = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        if is_print and source.part != "cli":
            yield f"prints in line {node.lineno}"


def broad_catching(source: Source) -> Iterator[str]:
    """Only what can be handled is caught."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = (
            [name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)] if node.type else [""]
        )
        if {"", "Exception", "BaseException"} & set(caught):
            yield f"catches everything in line {node.lineno}"


def documented(source: Source) -> Iterator[str]:
    """A module says what lives in it."""
    if not ast.get_docstring(source.tree):
        yield "has no docstring"


def exports(source: Source) -> Iterator[str]:
    """What a package exports by `__all__` is sorted, and is all that it imports from within."""
    if not source.name.endswith("__init__.py"):
        return
    names = [node for node in source.tree.body if isinstance(node, ast.ImportFrom)]
    within = [node for node in names if (node.module or "").split(".")[0] == "kg"]
    public = {alias.asname or alias.name for node in within for alias in node.names}
    declared = _declared(source.tree)
    if declared is None and public:
        yield "has no __all__"
    elif declared is not None and public - set(declared):
        yield f"__all__ lacks {', '.join(sorted(public - set(declared)))}"


def _declared(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return list(ast.literal_eval(node.value)) if isinstance(node, ast.Assign) else None
    return None


RULES: tuple[Rule, ...] = (
    layers, confinement, file_size, file_name, function_size, parameters, nesting, printing, broad_catching,
    documented, exports,
)  # fmt: skip


def words_in(source: Source, words: frozenset[str]) -> Iterator[str]:
    """Which of some words stand in a file's code: its strings and names, not its docstrings and comments."""
    explained = {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}
    nodes = [node for node in ast.walk(source.tree) if id(node) not in explained]
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    code = " ".join(strings + [node.id for node in nodes if isinstance(node, ast.Name)])
    for word in sorted(words):
        if re.search(rf"\b{re.escape(word)}\b", code):
            yield f"names {word!r}"
