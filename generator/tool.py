"""Drives openapi-python-client as a library, and renders beside its files those that it has no name for.

Its templates are no public API, so its version is pinned exactly. Its warnings are errors here: each would be
something dropped. All templates that differ from its own lie in `templates/`.
"""

import contextlib
import io
import json
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_python_client as tool
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError as ToolError

from .errors import GeneratorError
from .runtime import errors as runtime_errors
from .spec import Document
from .surface import docs, raw
from .surface.examples import examples
from .surface.operations import class_name, endpoints, follow
from .surface.sdk import Sdk
from .surface.source import plan_names, source
from .surface.surface import Surface
from .surface.types import decoder

PIN = "0.29.1"
TEMPLATES = Path(__file__).with_name("templates")
_READ_AS_IS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/octet-stream",
)


def parse(document: Document, sdk: Sdk, out: Path) -> tuple[GeneratorData, Config]:
    """Let the tool parse the lowered document. Raises GeneratorError for whatever it would leave out."""
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
            content_type_overrides=_overrides(document),
        ),
        MetaType.UV,
        document.path,
        "utf-8",
        False,
        out,
    )
    data = GeneratorData.from_dict(document.data, config=config)
    if isinstance(data, ToolError):
        raise GeneratorError(_message(data), where=document.path)
    return data, config


def _overrides(document: Document) -> dict[str, str]:
    """Media types that the tool does not know, read as bytes; the templates do with them what is right."""
    media_types: set[str] = set()
    for endpoint in endpoints(document):
        media_types |= set(endpoint.bodies)
        for response in endpoint.data.get("responses", {}).values():
            media_types |= set(follow(document.data, response).get("content", {}))
    return {
        media: "application/octet-stream"
        for media in sorted(media_types)
        if media not in _READ_AS_IS and not media.endswith("+json") and not media.startswith("text/")
    }


def render(original: Document, document: Document, sdk: Sdk, out: Path) -> None:
    """Write the unformatted client into the folder `out`, which must not exist yet."""
    data, config = parse(document, sdk, out)
    project = _Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    models = {str(model.class_info.name): model for model in data.models}
    surface = Surface(document, sdk, {endpoint.id: endpoint for endpoint in endpoints(document)}, models)
    project.prepare(original, document, sdk, surface)
    with contextlib.redirect_stdout(io.StringIO()):
        problems = list(project.build())
    if problems:
        raise GeneratorError("; ".join(dict.fromkeys(map(_message, problems))), where=document.path)
    project.build_surface(sdk, surface)


def _message(problem: ToolError) -> str:
    text = " ".join(part.strip() for part in (problem.header, problem.detail or "") if part and part.strip())
    return re.sub(r"<[^>]*UntrustedString[^>]*>", "…", " ".join(text.split()))


def _error_names() -> list[str]:
    """The runtime's errors, root aside, in the order of its module."""
    root = runtime_errors.SDKError
    found = [
        value
        for value in vars(runtime_errors).values()
        if isinstance(value, type) and issubclass(value, root)
    ]
    return [error.__name__ for error in found if error is not root]


class _Project(tool.Project):
    """The tool's project, with more files and more names for the templates."""

    def prepare(self, original: Document, document: Document, sdk: Sdk, surface: Surface) -> None:
        """Give the templates what they know nothing of."""
        routes = {(endpoint.path, endpoint.method): endpoint for endpoint in surface.endpoints.values()}
        schemas = {
            class_name(name): schema
            for name, schema in document.data.get("components", {}).get("schemas", {}).items()
        }

        def route(parsed: Any) -> Any:
            return routes[parsed.path.get_untrusted_value(), parsed.method]

        filters: dict[str, Callable[[Any], object]] = {
            "source": source,
            "decoder": decoder,
            "toml": lambda text: json.dumps(str(text), ensure_ascii=False),
            "plan_names": plan_names,
            "safe_doc": lambda text: docs.safe(" ".join(str(text).split())),
            "successes": lambda parsed: raw.successes(document, route(parsed), parsed),
            "answer": lambda parsed: raw.answer_type(document, route(parsed), parsed),
            "quoted": docs.quoted,
            "body_type": raw.body_type,
            "body_required": raw.body_required,
            "body_values": raw.body_values,
            "media_literal": raw.media_literal,
            "endpoint_doc": raw.endpoint_doc,
            "model_doc": lambda model: raw.model_doc(model, schemas),
        }
        names: dict[str, Any] = {
            "sdk": sdk,
            "surface": surface,
            "route": route,
            "package_title": document.data["info"]["title"],
            "class_name": class_name,
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

    def build_surface(self, sdk: Sdk, surface: Surface) -> None:
        """Write what the tool has no name for: constants, results, resources, settings, licence."""
        package = self.package_dir
        for constants in surface.constants():
            self._write(
                "plans.py.jinja", package / "_plans" / f"{constants.endpoint.module}.py", constants=constants
            )
        self._write(
            "empty_init.py.jinja", package / "_plans" / "__init__.py", doc="What each call sends and reads."
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
        self._write("LICENSE.jinja", self.project_dir / "LICENSE")
        (self.project_dir / ".gitignore").unlink(missing_ok=True)

    def _write(self, template: str, path: Path, **values: Any) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.env.get_template(template).render(**values), encoding="utf-8")
