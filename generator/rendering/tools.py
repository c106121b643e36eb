"""The methods of the console script's commands as tools for agents, with a JSON Schema of their arguments."""

from typing import Any

from ..loading.document import Document
from ..loading.json_data import follow_reference, is_list, is_object
from ..model.arguments import Argument
from ..model.client_model import ClientModel
from ..model.methods import Method
from ..model.sdk import WaitSpec
from ..names import identifier
from ..runtime.agents.tool import Tool
from .docstrings import describe_rules

# Keywords of JSON Schema that stand in the schema of a tool as well.
_KEYWORDS = (
    *("type", "enum", "const", "format", "pattern", "description", "examples", "deprecated"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
# Schemas may refer to themselves. Deeper than this an agent is not told more.
_MAX_DEPTH = 5
_FILE_NOTE = "The path of a file, in a folder that the user allows."


def describe_tools(client_model: ClientModel) -> dict[str, Tool]:
    """Return the tools by name: a command's words, joined by underscores."""
    sdk = client_model.sdk
    methods = {
        method.full_name: method for resource in sdk.resources for method in client_model.methods(resource)
    }
    waits = {f"{wait.resource}.{wait.method}": wait for wait in sdk.waits}
    tools: dict[str, Tool] = {}
    for name, spec in sdk.commands.items():
        tool_name = name.replace(" ", "_").replace("-", "_")
        if spec.method in waits:
            tools[tool_name] = _describe_wait(spec.method, waits[spec.method])
        elif spec.method:
            tools[tool_name] = _describe_method(client_model, methods[spec.method], waits)
    return tools


def _describe_method(client_model: ClientModel, method: Method, waits: dict[str, WaitSpec]) -> Tool:
    sdk, document = client_model.sdk, client_model.document
    # An answer that is a stream is nothing to hand to an agent.
    selecting = method.selecting_argument
    streams = method.selector is not None and method.selector.streams
    arguments = [argument for argument in method.arguments if not (streams and argument is selecting)]
    files = tuple(argument.python_name for argument in arguments if "FileInput" in argument.annotation)
    rules = list(dict.fromkeys(describe_rules(method.variants[0].schema))) if method.variants else []
    rules += [f"No two of these go together: `{'`, `'.join(names)}`." for names in method.spec.exclusive]
    wait = sdk.wait_of(method.full_name)
    if wait:
        rules.append("It waits until the job is done, and reports its state meanwhile.")
    return Tool(
        path=method.full_name,
        description=" ".join([method.spec.summary, *rules]),
        schema=_object_schema(
            {argument.python_name: _argument_schema(document, argument) for argument in arguments},
            [argument.python_name for argument in arguments if argument.required],
        ),
        files=files,
        wait=wait,
        job_state=waits[wait].state if wait else "",
    )


def _describe_wait(path: str, wait: WaitSpec) -> Tool:
    names = [identifier(name) for name in wait.kept_names]
    properties = {
        "job": {"type": "string", "description": "The id of the job."},
        **{
            name: {"type": "string", "description": "As in the request that started the job."}
            for name in names
        },
    }
    schema = _object_schema(properties, [*properties])
    return Tool(path, wait.description, schema, waits=True, job_state=wait.state)


def _object_schema(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _argument_schema(document: Document, argument: Argument) -> dict[str, Any]:
    description = " ".join(str(argument.schema.get("description", "")).split())
    if "FileInput" in argument.annotation:
        text = f"{description} {_FILE_NOTE}".strip()
        path = {"type": "string", "description": text}
        if "Sequence[" in argument.annotation:
            return {"type": "array", "items": {"type": "string"}, "description": text}
        return path
    return _plain_schema(document, argument.schema, _MAX_DEPTH)


def _plain_schema(document: Document, schema: Any, depth: int) -> dict[str, Any]:
    """Return a schema without references and without what only generators understand."""
    if not is_object(schema) or depth == 0:
        return {}
    whole: dict[str, Any] = {**follow_reference(document.data, schema), **schema}
    plain = {keyword: whole[keyword] for keyword in _KEYWORDS if keyword in whole}
    if "description" in plain:
        plain["description"] = " ".join(str(plain["description"]).split())
    default = whole.get("x-lowered-default", whole.get("default"))
    if default is not None:
        plain["default"] = default
    for keyword in ("oneOf", "anyOf", "allOf"):
        if is_list(whole.get(keyword)):
            plain[keyword] = [_plain_schema(document, branch, depth - 1) for branch in whole[keyword]]
    if is_object(whole.get("items")):
        plain["items"] = _plain_schema(document, whole["items"], depth - 1)
    if is_object(whole.get("properties")):
        plain["properties"] = {
            name: _plain_schema(document, value, depth - 1) for name, value in whole["properties"].items()
        }
        plain["required"] = list(whole.get("required", ()))
    return plain
