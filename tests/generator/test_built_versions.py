"""A built client names its own version, and the contract that it is made from."""

import ast
import hashlib
import sys

from tests.generator.projects import GOLDEN, Projects
from tests.generator.wire import Api, Wire

VERSIONS = {
    "__version__": "1.4.0",
    "__contract_version__": "2.3.0",
    "__contract_sha256__": hashlib.sha256((GOLDEN / "deprecations.yaml").read_bytes()).hexdigest(),
}


def test_the_package_holds_the_versions(built: Projects) -> None:
    kitchen = built.load("deprecations", "kitchen")
    assert {name: getattr(kitchen, name) for name in VERSIONS} == VERSIONS


def test_the_versions_can_be_read_without_an_import(built: Projects) -> None:
    source = (built.build("deprecations") / "kitchen" / "_version.py").read_text(encoding="utf-8")
    constants = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    assert {ast.unparse(node.targets[0]): ast.literal_eval(node.value) for node in constants} == VERSIONS


def test_each_request_names_both(built: Projects) -> None:
    wire = Wire()
    wire.reply(200, {"name": "soup"})
    api = Api(built.load("deprecations", "kitchen"), "Kitchen", wire)
    api.client.meals.state(ticket="7")
    python = f"python/{sys.version_info.major}.{sys.version_info.minor}"
    assert wire.sent.headers["user-agent"] == f"kitchen/1.4.0 contract/2.3.0 {python}"
