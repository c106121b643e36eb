"""Writes the modules of the client: those that openapi-python-client has templates for, then all others."""

from pathlib import Path

from ..loading.document import Document
from ..model.client_model import ClientModel
from ..model.operations import list_operation_specs
from ..model.sdk import Sdk
from ..names import identifier
from ..runtime.command_line.commands import Command, ServerCommand
from . import opc_adapter
from .commands import CommandFunction, describe_commands
from .examples import find_example_bodies
from .source import share_parts
from .template_names import make_filters, make_variables
from .tools import describe_tools


def render(original: Document, lowered: Document, sdk: Sdk, folder: Path) -> ClientModel:
    """Write the unformatted client into a folder that does not exist yet, and return what it has.

    Raises GeneratorError for what cannot be sent, and for what openapi-python-client would leave out.
    """
    operations = list_operation_specs(lowered)
    parsed = opc_adapter.parse(lowered, operations, sdk, folder)
    client_model = ClientModel(
        lowered, sdk, {operation.id: operation for operation in operations}, parsed.types
    )
    client_model.check()
    project = opc_adapter.TemplateProject(
        parsed, make_filters(client_model), make_variables(original, client_model)
    )
    project.build_modules()
    _write_calls(project, client_model)
    _write_resources(project, sdk)
    project.write_module("results.py.jinja", "results.py")
    project.write_module("settings.py.jinja", "_settings.py")
    project.write_module("version.py.jinja", "_version.py")
    if sdk.commands:
        _write_commands(project, original, client_model)
    project.write_project_file("LICENSE.jinja", "LICENSE")
    return client_model


def _write_calls(project: opc_adapter.TemplateProject, client_model: ClientModel) -> None:
    """Write a module for each operation, with the calls of methods as constants."""
    package_doc = "What each call sends and reads."
    for operation_calls in client_model.operation_calls():
        path = f"_calls/{operation_calls.spec.module}.py"
        project.write_module("calls.py.jinja", path, operation_calls=share_parts(operation_calls))
    project.write_module("empty_init.py.jinja", "_calls/__init__.py", doc=package_doc)


def _write_commands(
    project: opc_adapter.TemplateProject, original: Document, client_model: ClientModel
) -> None:
    """Write the console script, and a module for each first word of its commands."""
    descriptions = describe_commands(client_model, find_example_bodies(original, client_model))
    commands: dict[str, Command | ServerCommand] = {}
    modules: dict[str, list[CommandFunction]] = {}
    for name, description in descriptions.items():
        if isinstance(description, CommandFunction):
            modules.setdefault(identifier(name.partition(" ")[0]), []).append(description)
            commands[name] = description.command
        else:
            commands[name] = description
    summary = original.data["info"].get("summary") or original.data["info"]["title"]
    servers = [command for command in commands.values() if isinstance(command, ServerCommand)]
    server = servers[0] if servers else None
    project.write_module("main.py.jinja", "__main__.py")
    project.write_module(
        "command_program.py.jinja", "_commands/__init__.py", commands=commands, summary=summary
    )
    project.write_module("command_connection.py.jinja", "_commands/_connection.py", server=server)
    tools = describe_tools(client_model)
    project.write_module("command_tools.py.jinja", "_commands/_tools.py", tools=tools)
    for module, functions in modules.items():
        project.write_module("command_module.py.jinja", f"_commands/{module}.py", functions=functions)


def _write_resources(project: opc_adapter.TemplateProject, sdk: Sdk) -> None:
    """Write a module for each resource, and the modules that have the methods of all resources."""
    for resource, doc in sdk.resources.items():
        project.write_module("resource.py.jinja", f"resources/{resource}.py", resource=resource, doc=doc)
    package_doc = "Methods, by what they work on."
    project.write_module("empty_init.py.jinja", "resources/__init__.py", doc=package_doc)
    if sdk.declared_resources:
        for name in ("arguments", "prepare", "streaming"):
            project.write_module(f"{name}.py.jinja", f"{name}.py")
        project.write_module("batch.py.jinja", "batch/__init__.py")
        project.write_module("batch_dask.py.jinja", "batch/dask.py")
