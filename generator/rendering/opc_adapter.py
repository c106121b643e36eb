"""Drives openapi-python-client as a library, and renders beside its files those that it has no name for.

Its templates are no public API, so its version is pinned exactly. Its warnings are errors here: each would be
something dropped. All templates that differ from its own lie in `templates/`.
"""

import contextlib
import io
import json
import re
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_python_client as tool
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError as ToolError
from openapi_python_client.schema import OpenAPI
from pydantic import ValidationError

from ..errors import GeneratorError, SeveralFaultsError
from ..loading.document import Document
from ..loading.json_data import as_object, escape, is_list, is_object
from ..media_types import is_form, is_json
from ..model.client_model import Surface
from ..model.inheritance import inheriting
from ..model.operations import Endpoint, endpoints
from ..model.sdk import Sdk
from ..model.types import text, value_type
from ..names import CLASS_OVERRIDES, class_name, identifier, model_name
from ..runtime import errors as runtime_errors
from . import docstrings, raw_layer
from .examples import examples
from .opc_document import view
from .source import source, vocabulary

PIN = "0.29.1"
TEMPLATES = Path(__file__).with_name("templates")


def parse(document: Document, shown: list[Endpoint], sdk: Sdk, out: Path) -> tuple[GeneratorData, Config]:
    """Let the tool parse the types of the lowered document.

    Raises GeneratorError for whatever it would leave out.
    """
    if version("openapi-python-client") != PIN:
        raise GeneratorError(
            f"openapi-python-client {version('openapi-python-client')} is installed, {PIN} is needed",
            hint=f"pip install openapi-python-client=={PIN}",
        )
    config = Config.from_sources(
        ConfigFile(
            project_name_override=sdk.distribution,
            package_name_override=sdk.package,
            package_version_override=sdk.version,
            post_hooks=[],
            literal_enums=True,
            content_type_overrides=_overrides(shown),
            class_overrides={
                name: ClassOverride.model_validate({"class_name": other, "module_name": identifier(other)})
                for name, other in CLASS_OVERRIDES.items()
            },
        ),
        MetaType.UV,
        document.path,
        "utf-8",
        False,
        out,
    )
    try:
        data = GeneratorData.from_dict(view(document.data, shown), config=config)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        what = f"openapi-python-client breaks on it: {type(error).__name__}: {error}"
        raise GeneratorError(what, where=document.path, hint="this is a fault of the generator") from error
    if isinstance(data, ToolError):
        raise _misread(document, shown) or GeneratorError(_message(data), where=document.path)
    return data, config


def _misread(document: Document, shown: list[Endpoint]) -> SeveralFaultsError | None:
    """Where the tool's own model of OpenAPI does not hold a document: its places as pointers into it."""
    try:
        OpenAPI.model_validate(view(document.data, shown))
    except ValidationError as error:
        found = {_pointer(document, shown, fault["loc"]): fault["msg"] for fault in error.errors()}
        what = "openapi-python-client cannot read it"
        return SeveralFaultsError([document.error(at, f"{what}: {text}") for at, text in found.items()])
    return None


def _pointer(document: Document, shown: Sequence[Endpoint], location: Sequence[int | str]) -> str:
    """A pointer for a place in the view; branches of the tool's unions stand for nothing in a document."""
    tokens, pointer, value = list(location), "", document.data
    if tokens[0] == "paths":
        endpoint = next(endpoint for endpoint in shown if f"/{endpoint.module}" == tokens[1])
        pointer, value, tokens = endpoint.pointer, endpoint.data, tokens[3:]
    for token in tokens:
        key: Any = token
        if (is_object(value) and key in value) or (is_list(value) and key in range(len(value))):
            pointer, value = f"{pointer}/{escape(str(token))}", value[key]
    return pointer


def _overrides(shown: list[Endpoint]) -> dict[str, str]:
    """Media types of bodies that the tool does not know, read as bytes; the runtime sends what is right."""
    known = (media for endpoint in shown for media in endpoint.bodies)
    return {media: "application/octet-stream" for media in known if not is_json(media) and not is_form(media)}


def render(original: Document, document: Document, sdk: Sdk, out: Path) -> None:
    """Write the unformatted client into the folder `out`, which must not exist yet."""
    shown = endpoints(document)
    data, config = parse(document, shown, sdk, out)
    project = _Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    for model in data.models:
        raw_layer.member_names(model)
    models = {str(model.class_info.name): model for model in data.models}
    parsed = {
        str(endpoint.name): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    surface = Surface(document, sdk, {endpoint.id: endpoint for endpoint in shown}, parsed, models)
    _refuse(data, document, shown)
    surface.check()
    project.prepare(original, document, sdk, surface)
    with contextlib.redirect_stdout(io.StringIO()):
        problems = project.build()
    if problems:
        raise GeneratorError("; ".join(dict.fromkeys(map(_message, problems))), where=document.path)
    project.build_surface(sdk, surface)


def _refuse(data: GeneratorData, document: Document, shown: Sequence[Endpoint]) -> None:
    """Raise SeveralFaultsError for what the tool would only warn of: each would be something dropped."""
    faults = [_fault(problem, document, "") for problem in data.errors]
    pointers = {f"{endpoint.method.upper()} /{endpoint.module} ": endpoint.pointer for endpoint in shown}
    for collection in data.endpoint_collections_by_tag.values():
        for problem in collection.parse_errors:
            at = next((pointer for shape, pointer in pointers.items() if shape in f"{problem.header} "), "")
            faults.append(_fault(problem, document, at))
    if faults:
        raise SeveralFaultsError(faults)


def _fault(problem: ToolError, document: Document, pointer: str) -> GeneratorError:
    """What the tool warns of, at the pointer that it names; by a component's name if it names one."""
    named = re.search(r"/components/schemas/([^\s:]+)", f"{problem.header} {problem.detail or ''}")
    if not pointer and named:
        # What a component holds goes by its name with more after it.
        components = as_object(as_object(document.data.get("components")).get("schemas"))
        name = max((name for name in components if named[1].startswith(name)), key=len, default=named[1])
        pointer = f"/components/schemas/{escape(name)}"
    if pointer:
        return document.error(pointer, _message(problem))
    return GeneratorError(_message(problem), where=document.path)


def _message(problem: ToolError) -> str:
    text = " ".join(part.strip() for part in (problem.header, problem.detail or "") if part and part.strip())
    return re.sub(r"<[^>]*UntrustedString[^>]*>", "…", " ".join(text.split()))


def _error_names() -> list[str]:
    """The runtime's errors that callers see, root aside, in the order of its module."""
    names = [
        name
        for name, value in vars(runtime_errors).items()
        if isinstance(value, type) and issubclass(value, runtime_errors.SDKError) and name[0] != "_"
    ]
    # It is defined elsewhere, because it can save an answer.
    names.insert(names.index("ResponseTooLargeError") + 1, "UnexpectedResponseError")
    return [name for name in names if name != "SDKError"]


def _by_class_name(document: Document) -> dict[str, dict[str, Any]]:
    """The named schemas of a document."""
    found = document.data.get("components", {}).get("schemas", {})
    return {model_name(name): schema for name, schema in found.items()}


def _choices(enum: Any, schemas: dict[str, Any]) -> str:
    """The values of a named enum as source, in the contract's order."""
    values = schemas.get(str(enum.class_info.name), {}).get("enum") or sorted(enum.values)
    return ", ".join(repr(value) for value in dict.fromkeys(values))


def _arguments_name(resource: str, method: str) -> str:
    """The name of the type of a method's arguments."""
    return f"{class_name(resource)}{class_name(method)}Args"


class _Project(tool.Project):
    """The tool's project, with more files and more names for the templates."""

    def prepare(self, original: Document, document: Document, sdk: Sdk, surface: Surface) -> None:
        """Give the templates what they know nothing of."""
        routes = {endpoint.module: endpoint for endpoint in surface.endpoints.values()}
        schemas = _by_class_name(document)

        self.contract = _by_class_name(original)
        documented = {
            model_name(name): f"{spec.resource}.{spec.method}"
            for spec in sdk.methods
            for name in spec.variants
        }

        def route(parsed: Any) -> Endpoint:
            return routes[str(parsed.name)]

        filters: dict[str, Callable[[Any], object]] = {
            "source": source,
            "identifier": identifier,
            "wire": lambda name: source(text(name)),
            "renamed": lambda prop: prop.python_name != text(prop.name),
            "toml": lambda value: json.dumps(str(value), ensure_ascii=False),
            "vocabulary": vocabulary,
            "safe_doc": lambda value: docstrings.safe(" ".join(str(value).split())),
            "successes": lambda parsed: raw_layer.successes(route(parsed), parsed),
            "answer": lambda parsed: raw_layer.answer_type(route(parsed), parsed),
            "quoted": docstrings.quoted,
            "body_type": raw_layer.body_type,
            "body_values": raw_layer.body_values,
            "parameters": lambda parsed: raw_layer.parameters(route(parsed), parsed),
            "value_type": value_type,
            "choices": lambda enum: _choices(enum, schemas),
            "media_literal": raw_layer.media_literal,
            "endpoint_doc": lambda parsed: raw_layer.endpoint_doc(
                route(parsed), raw_layer.parameters(route(parsed), parsed)
            ),
            "model_doc": lambda model: raw_layer.model_doc(
                model, schemas, documented.get(str(model.class_info.name))
            ),
        }
        names: dict[str, Any] = {
            "sdk": sdk,
            "surface": surface,
            "route": route,
            "package_title": document.data["info"]["title"],
            "class_name": class_name,
            "arguments_name": _arguments_name,
            "error_names": _error_names(),
            "examples": examples(original, sdk, dict(surface.endpoints), surface.files()),
            "result_names": [
                prefix + name
                for name, result in sdk.results.items()
                for prefix in (("", "Async") if result["kind"] == "stream" else ("",))
            ],
        }
        self.env.filters.update(filters)
        self.env.globals.update(names)

    def _build_models(self) -> None:
        """Write all models into one module: alone, most would be more imports than properties."""
        enums = list(self.openapi.enums)
        models = inheriting(list(self.openapi.models), self.contract)
        self._write("models.py.jinja", self.package_dir / "models.py", models=models, enums=enums)

    def build_surface(self, sdk: Sdk, surface: Surface) -> None:
        """Write what the tool has no name for: constants, results, resources, settings, licence."""
        package = self.package_dir
        for constants in surface.constants():
            self._write(
                "calls.py.jinja", package / "_calls" / f"{constants.endpoint.module}.py", constants=constants
            )
        self._write(
            "empty_init.py.jinja", package / "_calls" / "__init__.py", doc="What each call sends and reads."
        )
        for resource, doc in sdk.resources.items():
            self._write(
                "resource.py.jinja", package / "resources" / f"{resource}.py", resource=resource, doc=doc
            )
        self._write(
            "empty_init.py.jinja", package / "resources" / "__init__.py", doc="Methods, by what they work on."
        )
        self._write("results.py.jinja", package / "results.py")
        self._write("settings.py.jinja", package / "_settings.py")
        if sdk.resources:
            for name in ("arguments", "prepare", "streaming"):
                self._write(f"{name}.py.jinja", package / f"{name}.py")
        if sdk.commands:
            self._write("main.py.jinja", package / "__main__.py")
        self._write("LICENSE.jinja", self.project_dir / "LICENSE")
        (self.project_dir / ".gitignore").unlink(missing_ok=True)

    def _write(self, template: str, path: Path, **values: Any) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.env.get_template(template).render(**values), encoding="utf-8")
