"""The API's description in OpenAPI 3.1, made of the table of endpoints and the records that they give."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeAlias

from pydantic import ConfigDict, TypeAdapter

from kg import __version__
from kg.server.api.answers import JSON
from kg.server.api.endpoints import QUESTION, Endpoint, endpoints
from kg.server.problems import PROBLEM
from kg.server.protocol import FORM

Schema: TypeAlias = dict[str, Any]
_REFERENCE = "#/components/schemas/{model}"
_CURSOR: Schema = {
    "type": ["string", "null"],
    "description": "What to give as `after` for the next page; null where this one is the last.",
}
_PROBLEM: Schema = {
    "type": "object",
    "description": "What is wrong, where, and what to do (RFC 9457).",
    "properties": {
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "errors": {
            "type": "array",
            "description": "Which parameters are wrong, where some are.",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["parameter", "detail"],
            },
        },
        "missing": {
            "type": "array",
            "description": "Which entities were asked for that the graph lacks.",
            "items": {"type": "string"},
        },
    },
    "required": ["title", "status", "detail"],
}
_REFUSALS = {
    "400": "A parameter is wrong, missing or not known; `detail` says which and what to do.",
    "404": "The graph has no such entity, relation or article.",
    "401": "The server wants a token, as `Authorization: Bearer …`.",
    "403": "The token, host or origin is not one that may ask.",
    "429": "Too many requests of one client wait; try again after the seconds in `Retry-After`.",
    "503": "The server is busy; try again after the seconds in `Retry-After`.",
    "504": "It took longer than the server's time limit.",
    "507": "It took more memory than the server's limit.",
    "4XX": "Another refusal, such as of a method other than GET, HEAD and POST.",
}


def _refusal(text: str) -> Schema:
    content = {PROBLEM: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}
    return {"description": text, "content": content}


_FORM_REFUSALS = {
    "413": _refusal("The form is larger than a body may be on this server."),
    "415": _refusal(f"The body is not of the type {FORM}."),
}
_INTRODUCTION = (
    "What pages ask of a graph of actors and relations. All is read with GET (or HEAD), or by POST with the "
    f"same parameters as {FORM}, where they are too long for an address; answers are JSON "
    "objects in UTF-8, refusals problem documents (RFC 9457). Answers bear an `ETag`: sent back as "
    "`If-None-Match` it gives 304 while the graph is the same. Lists come by page: `total` says how many "
    "there are on all pages, `next` where the next begins. Offsets are given in characters (Unicode code "
    "points) and in UTF-16 code units (as JavaScript counts), end exclusive. Queries in SPARQL are answered "
    "at `/sparql`."
)


@cache
def describe(root: str = "") -> bytes:
    """The description, as JSON.

    Args:
        root: The path under which a proxy shows the server.

    >>> json.loads(describe())["openapi"]
    '3.1.0'
    """
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "description": _INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "paths": {endpoint.path: _operations(endpoint) for endpoint in endpoints()},
        "components": {
            "schemas": {**_schemas(), "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
        "tags": [
            {"name": "graph", "description": "The graph and what is in it."},
            {"name": "questions", "description": "Named questions, answered as tables."},
        ],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _operations(endpoint: Endpoint) -> Schema:
    """By GET, and by POST where there are parameters, which may be more than fit into an address."""
    plain = _operation(endpoint)
    if not plain["parameters"]:
        return {"get": plain}
    rest = {key: value for key, value in plain.items() if key != "parameters"}
    responses = {
        status: said for status, said in plain["responses"].items() if status != "304"
    } | _FORM_REFUSALS
    name = f"{plain['operationId']}:form"
    body = {
        "required": any(one["required"] for one in plain["parameters"]),
        "content": {FORM: _form(endpoint)},
    }
    return {"get": plain, "post": rest | {"operationId": name, "requestBody": body, "responses": responses}}


def _form(endpoint: Endpoint) -> Schema:
    """The parameters as the fields of a form; a list is a field that stands there several times."""
    fields = {
        one["name"]: {"description": one["description"], **one["schema"]} for one in _parameters(endpoint)
    }
    schema: Schema = {"type": "object", "properties": fields, "additionalProperties": False}
    required = [one["name"] for one in _parameters(endpoint) if one["required"]]
    return {"schema": schema | ({"required": required} if required else {})}


def _operation(endpoint: Endpoint) -> Schema:
    is_question = endpoint.name.startswith(QUESTION.removesuffix("/"))
    refusals = {
        status: _refusal(text) for status, text in _REFUSALS.items() if status != "404" or endpoint.is_missing
    }
    return {
        "operationId": endpoint.name.replace("/", ":"),
        "tags": ["questions" if is_question else "graph"],
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": _parameters(endpoint),
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {
                    "ETag": {"schema": {"type": "string"}, "description": "Of the graph and the request."},
                    "Kg-Generation": {
                        "schema": {"type": "string"},
                        "description": "The state of the graph: another one after each change of it.",
                    },
                },
                "content": {JSON: {"schema": {"$ref": _REFERENCE.format(model=endpoint.answer.__name__)}}},
            },
            "304": {"description": "The client has the answer already, by `If-None-Match`."},
            **refusals,
        },
    }


def _parameters(endpoint: Endpoint) -> list[Schema]:
    """The parameters, each with what its schema says of it."""
    whole = endpoint.asked.model_json_schema(ref_template=_REFERENCE)
    found = []
    for name, schema in whole.get("properties", {}).items():
        plain = _inlined(schema, whole.get("$defs", {}))
        description = plain.pop("description", "")
        plain.pop("title", None)
        examples = plain.pop("examples", None)
        said = {"name": name, "in": "query", "description": description, "schema": plain}
        if examples:
            said["example"] = examples[0]
        found.append(said | {"required": name in whole.get("required", ())})
    return found


def _inlined(schema: Schema, definitions: Schema) -> Schema:
    """A parameter's schema without references, and without null, which no query can say."""
    if "$ref" in schema:
        target = definitions[schema["$ref"].rpartition("/")[2]]
        named = {key: value for key, value in target.items() if key not in {"title", "description"}}
        return named | {key: value for key, value in schema.items() if key != "$ref"}
    if "anyOf" in schema:
        (only,) = [one for one in schema["anyOf"] if one.get("type") != "null"]
        rest = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
        return _inlined(only, definitions) | rest
    if "items" in schema:
        return schema | {"items": _inlined(schema["items"], definitions)}
    return dict(schema)


def _schemas() -> Schema:
    """The schemas of all records that endpoints give."""
    answers = tuple(dict.fromkeys(endpoint.answer for endpoint in endpoints()))
    # Descriptions stand under the fields, which pydantic reads where it is told to from outside.
    every: Any = TypeAdapter(
        tuple[answers],  # type: ignore[valid-type]  # of as many as there are
        config=ConfigDict(use_attribute_docstrings=True),
    )
    found = every.json_schema(ref_template=_REFERENCE, mode="serialization")["$defs"]
    for schema in found.values():
        if {"items", "next", "total"} <= schema.get("properties", {}).keys():
            schema["properties"]["next"] = _CURSOR
    return dict(found)
