"""How a request says what its answer must look like: a strict schema where there can be one, or a grammar instead of it.

Strict schemas are made by openai's own function; what its client asks, and how, is for `sending`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import openai
from pydantic import BaseModel
from pydantic.errors import PydanticUserError

from summarizer.errors import UsageError

Json = Any  # JSON Schema, and a request's parameters: their shape is the provider's


@cache
def require_schema(response_model: type[BaseModel]) -> None:
    """Let a response model pass that a model can be told of. Raises UsageError."""
    try:
        response_model.model_json_schema()
    except PydanticUserError as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{response_model.__name__!r} cannot be asked for, since it has no JSON Schema: {reason}") from error


def by_schema(request: dict[str, Json], response_model: type[BaseModel]) -> dict[str, Json]:
    """The request with its schema made strict: a model that takes it can write nothing else.

    A model with free keys (a dict) has no strict schema; the request stays as it is.
    """
    schema = _strict_schema(response_model)
    if schema is None:
        return request
    if "tools" in request:
        function = request["tools"][0]["function"] | {"parameters": schema, "strict": True}
        return request | {"tools": [{"type": "function", "function": function}]}
    if request.get("response_format", {}).get("type") == "json_schema":
        wanted = {"name": request["response_format"]["json_schema"]["name"], "schema": schema, "strict": True}
        return request | {"response_format": {"type": "json_schema", "json_schema": wanted}}
    return request


def by_grammar(request: dict[str, Json], grammar: str) -> dict[str, Json]:
    """The request with a grammar in place of the schema: llama.cpp obeys the schema when it is given both."""
    kept = {name: value for name, value in request.items() if name not in ("response_format", "tools", "tool_choice")}
    return kept | {"extra_body": {"grammar": grammar}}


@cache
def _strict_schema(response_model: type[BaseModel]) -> Json:
    """The schema with every field required and no other allowed; None where the model has free keys."""
    schema = _without_defaults(openai.pydantic_function_tool(response_model)["function"]["parameters"])
    return schema if _is_closed(schema) else None


def _without_defaults(schema: Json) -> Json:
    """Strict schemas know no defaults: every field is given. What it would be by default is said in words."""
    match schema:
        case {"default": default, **rest}:
            described = f"{rest.get('description', '')} By default {json.dumps(default)}.".strip()
            return _without_defaults({**rest, "description": described})
        case dict():
            return {name: _inside(name, value) for name, value in schema.items()}
        case list():
            return [_without_defaults(each) for each in schema]
        case _:
            return schema


def _inside(name: str, value: Json) -> Json:
    """A map of fields is no schema itself: one of the fields may well be called `default`."""
    if name in ("properties", "$defs"):
        return {field: _without_defaults(schema) for field, schema in value.items()}
    return _without_defaults(value)


def _is_closed(schema: Json) -> bool:
    match schema:
        case dict():
            opens = schema.get("type") == "object" and schema.get("additionalProperties") is not False
            return not opens and all(map(_is_closed, schema.values()))
        case list():
            return all(map(_is_closed, schema))
        case _:
            return True
