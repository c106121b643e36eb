"""Drives openapi-python-client as a library. This module and the other `opc_` modules alone import it.

Its templates are not a public interface, so its version is pinned exactly. Each of its warnings is an error
here, because it leaves the part out.
"""

import contextlib
import io
from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_python_client
from attrs import frozen
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError as OpcError

from ..errors import GeneratorError
from ..loading.document import Document
from ..media_types import essence, is_form, is_json
from ..model.contract_types import ContractTypes
from ..model.operations import OperationSpec
from ..model.sdk import Sdk
from ..names import CLASS_OVERRIDES, identifier, model_class_name
from .opc_document import make_opc_document
from .opc_faults import explain_refusal, join_messages, raise_for_warnings
from .opc_types import read_types

PIN = "0.29.1"
TEMPLATES = Path(__file__).with_name("templates")
# Only this name makes openapi-python-client write a `pyproject.toml`; the template of it is ours.
_PROJECT_KIND = MetaType.UV


@frozen
class ParsedDocument:
    """What openapi-python-client made of a document, for its own templates and for ours."""

    path: Path
    data: GeneratorData
    config: Config
    types: ContractTypes


def parse(document: Document, operations: list[OperationSpec], sdk: Sdk, folder: Path) -> ParsedDocument:
    """Let openapi-python-client parse the types of a lowered document. `folder` is for the client.

    Raises GeneratorError for parts that openapi-python-client would leave out.
    """
    if version("openapi-python-client") != PIN:
        raise GeneratorError(
            f"openapi-python-client {version('openapi-python-client')} is installed, {PIN} is needed",
            hint=f"pip install openapi-python-client=={PIN}",
        )
    config = _configure(document, operations, sdk, folder)
    opc_document = make_opc_document(document.data, operations)
    try:
        with _without_copies():
            data = GeneratorData.from_dict(opc_document, config=config)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        problem = f"openapi-python-client breaks on it: {type(error).__name__}: {error}"
        raise GeneratorError(problem, where=document.path, hint="this is a fault of the generator") from error
    if isinstance(data, OpcError):
        raise explain_refusal(data, document, operations, make_opc_document(document.data, operations))
    raise_for_warnings(data, document, operations)
    schemas = schemas_by_class_name(document)
    return ParsedDocument(document.path, data, config, read_types(data, operations, schemas))


@contextlib.contextmanager
def _without_copies() -> Generator[None]:
    """Let openapi-python-client parse a document without copying its operations.

    It replaces each operation three times by a deep copy, which includes the types of all answers. That takes
    most of its time, and changes nothing: the original is not used again.
    """
    # As a value of type Any: a name that a module imports is not exported by it.
    untyped_module: Any = import_module("openapi_python_client.parser.openapi")
    deepcopy = untyped_module.deepcopy
    untyped_module.deepcopy = _keep_original
    try:
        yield
    finally:
        untyped_module.deepcopy = deepcopy


def _keep_original(value: Any) -> Any:
    return value


def schemas_by_class_name(document: Document) -> dict[str, dict[str, Any]]:
    """Return the component schemas of a document by the names of their classes."""
    schemas = document.data.get("components", {}).get("schemas", {})
    return {model_class_name(name): schema for name, schema in schemas.items()}


def _configure(document: Document, operations: list[OperationSpec], sdk: Sdk, folder: Path) -> Config:
    class_overrides = {
        name: ClassOverride.model_validate({"class_name": class_name, "module_name": identifier(class_name)})
        for name, class_name in CLASS_OVERRIDES.items()
    }
    # Bodies of media types that openapi-python-client does not know are read as JSON or as bytes; the runtime
    # decides what is sent.
    content_type_overrides = {
        media_type: "application/json" if is_json(media_type) else "application/octet-stream"
        for operation in operations
        for media_type in operation.bodies
        if not is_form(media_type) and not essence(media_type).endswith(("application/json", "+json"))
    }
    config_file = ConfigFile(
        project_name_override=sdk.distribution,
        package_name_override=sdk.package,
        package_version_override=sdk.version,
        post_hooks=[],
        literal_enums=True,
        content_type_overrides=content_type_overrides,
        class_overrides=class_overrides,
    )
    return Config.from_sources(config_file, _PROJECT_KIND, document.path, "utf-8", False, folder)


class TemplateProject(openapi_python_client.Project):
    """The project of openapi-python-client with our templates, and with files that it does not have."""

    def __init__(
        self,
        parsed: ParsedDocument,
        filters: Mapping[str, Callable[..., object]],
        variables: Mapping[str, Any],
    ) -> None:
        super().__init__(openapi=parsed.data, config=parsed.config, custom_template_path=TEMPLATES)
        self._path = parsed.path
        self.env.filters.update(filters)
        self.env.globals.update(variables)

    def build_modules(self) -> None:
        """Write the files that openapi-python-client has a template for. Raises GeneratorError."""
        with contextlib.redirect_stdout(io.StringIO()):
            errors = self.build()
        if errors:
            raise GeneratorError(join_messages(errors), where=self._path)
        # The client is a folder of a repository, which has its own `.gitignore`.
        (self.project_dir / ".gitignore").unlink(missing_ok=True)

    def write_module(self, template: str, path: str, **variables: object) -> None:
        """Write a template to a file of the package; `path` is relative to the package."""
        self._write(self.package_dir / path, template, variables)

    def write_project_file(self, template: str, path: str) -> None:
        """Write a template to a file beside the package; `path` is relative to the project."""
        self._write(self.project_dir / path, template, {})

    def _build_models(self) -> None:
        """Write all models into one module: alone, most would have more imports than properties."""
        self.write_module("models.py.jinja", "models.py")

    def _write(self, path: Path, template: str, variables: Mapping[str, object]) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.env.get_template(template).render(variables), encoding="utf-8", newline="\n")
