"""Says when the client that is installed here is made from another contract than the one that is judged.

Then findings about the server say nothing about what callers have. The judge must not import the client, so
it asks Python where an import would find it, and reads the constants of its `_version.py` as text. The
metadata of the distribution would not do: those of an editable install are as old as the install.
"""

import ast
import importlib.util
from pathlib import Path
from typing import Any

from attrs import frozen

from eigen_contract.spec import Contract

VERSION_MODULE = "_version.py"
SHOWN_DIGITS = 12
"""Digits of a hash that tell two contracts apart for a reader."""


@frozen
class ClientVersions:
    """What a client says of itself: its version, and the version and hash of its contract."""

    package: str
    version: str
    contract_version: str
    contract_sha256: str


def find_installed_client(package: str) -> ClientVersions | None:
    """Return the versions of the client that `import package` would find, without importing it.

    Returns:
        The versions; None if there is no such package, or it does not hold them.
    """
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):  # a name with a dot, or a module that was loaded in an odd way
        return None
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        constants = read_constants(Path(folder) / VERSION_MODULE)
        if {"__version__", "__contract_version__", "__contract_sha256__"} <= constants.keys():
            return ClientVersions(
                package,
                constants["__version__"],
                constants["__contract_version__"],
                constants["__contract_sha256__"],
            )
    return None


def read_constants(module: Path) -> dict[str, str]:
    """Return the texts that a module assigns to names; none if it cannot be read."""
    try:
        tree = ast.parse(module.read_text("utf-8"))
    except (OSError, ValueError, SyntaxError):
        return {}
    constants: dict[str, str] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                constants[name] = text
            case _:
                pass
    return constants


def describe_other_contract(contract: Contract) -> str | None:
    """Return one line if the installed client is made from another contract; None if it is not."""
    x_sdk: Any = contract.document.get("x-sdk", {})
    client = find_installed_client(str(x_sdk.get("package", "")))
    if client is None or client.contract_sha256 == contract.sha256:
        return None
    judged_version = contract.document.get("info", {}).get("version", "")
    return (
        f"the installed client {client.package} {client.version} is made from another contract "
        f"(version {client.contract_version}, sha256 {client.contract_sha256[:SHOWN_DIGITS]}) than the one "
        f"that is judged (version {judged_version}, sha256 {contract.sha256[:SHOWN_DIGITS]}); "
        "what is found here may not hold for its callers"
    )
