"""The records of the API as TypeScript, for the pages: `python -m kg.server.api.typescript > types.ts`.

Made from the API's own description, so that pages cannot take an answer for what it is not.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from kg.server.api.description import describe

Schema: TypeAlias = Mapping[str, Any]
_HEAD = "// Made by `python -m kg.server.api.typescript`; change the records of kg/exploration instead.\n"
_SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def declarations(schemas: Mapping[str, Schema]) -> str:
    """A TypeScript declaration for each schema of an OpenAPI description, by name.

    >>> schema = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    >>> print(declarations({"One": schema}).splitlines()[-3])
    export interface One {
    """
    return "\n".join([_HEAD, *(_declared(_identifier(name), schemas[name]) for name in sorted(schemas))])


def _declared(name: str, schema: Schema) -> str:
    if schema.get("type") == "object" and "properties" in schema:
        return f"export interface {name} {{\n{''.join(_fields(schema))}}}\n"
    return f"export type {name} = {_type(schema)};\n"


def _fields(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    for name, value in schema["properties"].items():
        if described := value.get("description"):
            yield f"  /** {described} */\n"
        key = name if _NAME.fullmatch(name) else json.dumps(name)
        yield f"  {key}{'' if name in required else '?'}: {_type(value)};\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _identifier(schema["$ref"].rpartition("/")[2])
    if values := schema.get("enum", [schema["const"]] if "const" in schema else None):
        return " | ".join(map(json.dumps, values))
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(map(_type, several)))
    kind = schema.get("type", "unknown")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": one}) for one in kind)
    return _COMPOUND[kind](schema) if kind in _COMPOUND else _SIMPLE.get(kind, "unknown")


def _array(schema: Schema) -> str:
    item = _type(schema.get("items", {}))
    return f"({item})[]" if " | " in item else f"{item}[]"


def _record(schema: Schema) -> str:
    values = schema.get("additionalProperties")
    return f"Record<string, {_type(values) if isinstance(values, dict) else 'unknown'}>"


_COMPOUND: Mapping[str, Callable[[Schema], str]] = {"array": _array, "object": _record}


def _identifier(name: str) -> str:
    """A schema's name as an identifier: `Page_Neighbour_` becomes `PageNeighbour`."""
    return name.replace("_", "")


def main() -> None:
    """Writes the declarations of all schemas to standard output."""
    sys.stdout.write(declarations(json.loads(describe(""))["components"]["schemas"]))


if __name__ == "__main__":
    main()
