"""The reference server in process. This is the one module that knows its name, and it loads it when asked."""

import importlib

from eigen_contract.errors import CannotJudgeError
from eigen_contract.targets.asgi import Application, AsgiTransport
from eigen_contract.targets.target import Target

PACKAGE = "eigen_reference"
KEY = "test-key"
NEEDED = "the reference server is not installed: pip install 'eigen-contract[reference]'"


def load(spec: str | None = None) -> Application:
    """Make the reference application.

    Raises:
        CannotJudgeError: it is not installed, or cannot obey the spec.
    """
    try:
        module = importlib.import_module(f"{PACKAGE}.app")
    except ImportError as error:
        raise CannotJudgeError(f"{NEEDED} ({error})") from error
    try:
        application: Application = module.create_app(spec_path=spec, api_key=KEY)
    except module.contract.ContractError as error:
        raise CannotJudgeError(f"the reference server cannot obey the spec {spec}: {error}") from error
    return application


def over(application: Application) -> Target:
    """Judge an application in this process; all phases are open, because its requests cost nothing."""
    return Target(
        name="reference",
        base_url="https://reference.invalid",
        transport=AsgiTransport(application),
        api_key=KEY,
        capabilities=frozenset({"requests", "refusals"}),
    )
