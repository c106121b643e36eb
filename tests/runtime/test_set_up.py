"""What keeps a client from being set up: errors name the argument or variable, the file, and a remedy."""

import os
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.errors import ConfigurationError
from tests.runtime.calls import SETTINGS
from tests.runtime.private_ca import PrivateCA

PASSWORD = "open-sesame"
VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")

pytestmark = pytest.mark.parametrize("core_type", [Core, AsyncCore])


@pytest.fixture(autouse=True)
def no_certificates_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def refusal(core_type: type[Core | AsyncCore], **options: Any) -> str:
    """Return the message of the ConfigurationError, which holds no secret and has no cause that does."""
    with pytest.raises(ConfigurationError) as caught:
        core_type(SETTINGS, api_key="test-key", **options)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in repr(vars(caught.value))
    assert caught.value.hint
    return str(caught.value)


def missing(_: Path) -> str:
    return "No such file"


def folder(path: Path) -> str:
    path.mkdir()
    return "Is a directory|hashed name"


def empty(path: Path) -> str:
    path.touch()
    return "holds no PEM certificate"


def text(path: Path) -> str:
    path.write_text("not a certificate\n")
    return "holds no PEM certificate"


def broken(path: Path) -> str:
    path.write_text("-----BEGIN CERTIFICATE-----\nTm90aGluZw==\n-----END CERTIFICATE-----\n")
    return "holds a broken certificate"


def cut_off(path: Path) -> str:
    whole = PrivateCA(path.parent).path.read_bytes()
    path.write_bytes(whole + whole[:200])
    return "holds a broken certificate"


def key_alone(path: Path) -> str:
    _, _, key = PrivateCA(path.parent).client_files()
    path.write_bytes(key.read_bytes())
    return "holds no PEM certificate"


def loop_of_links(path: Path) -> str:
    path.symlink_to(path)
    return "symbolic links"


@pytest.mark.parametrize("by", ["verify", "SSL_CERT_FILE"])
@pytest.mark.parametrize(
    "spoil",
    [missing, folder, empty, text, broken, cut_off, key_alone, loop_of_links],
    ids=lambda f: f.__name__,
)
def test_a_ca_file_that_cannot_be_used_is_named(
    core_type: type[Core | AsyncCore],
    by: str,
    spoil: Callable[[Path], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "corporate.pem"
    fault = spoil(path)
    if by != "verify":
        monkeypatch.setenv(by, str(path))
    message = refusal(core_type, **({"verify": path} if by == "verify" else {}))
    assert message.startswith(f"{by}: '{path}' ")
    assert any(words in message for words in fault.split("|"))
    assert by == "verify" or "unset it" in message or "SSL_CERT_DIR" in message


def test_a_ca_file_without_permission_is_named(
    core_type: type[Core | AsyncCore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, _: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    # A test that runs as root may read every file.
    monkeypatch.setattr(Path, "open", refuse)
    message = refusal(core_type, verify=tmp_path / "corporate.pem")
    assert message.startswith(f"verify: '{tmp_path / 'corporate.pem'}' cannot be read (Permission denied)")


@pytest.mark.parametrize("spoil", [missing, folder, empty], ids=lambda f: f.__name__)
def test_a_ca_folder_that_cannot_be_used_is_named(
    core_type: type[Core | AsyncCore],
    spoil: Callable[[Path], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "certificates"
    spoil(path)
    monkeypatch.setenv("SSL_CERT_DIR", f"{path}{os.pathsep}{tmp_path}")
    message = refusal(core_type)
    assert message.startswith(f"SSL_CERT_DIR: '{path}' ")
    assert f"'{tmp_path}' holds no certificate under a hashed name" in message
    assert "openssl rehash" in message


def test_a_key_log_that_cannot_be_written_is_named(
    core_type: type[Core | AsyncCore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path, tmp_path / "missing" / "keys.log"):
        monkeypatch.setenv("SSLKEYLOGFILE", str(path))
        assert refusal(core_type).startswith(f"SSLKEYLOGFILE: '{path}' ")


def test_a_program_without_the_file_of_certifi_is_told_what_to_do(
    core_type: type[Core | AsyncCore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: "/frozen/cacert.pem")
    message = refusal(core_type)
    assert message.startswith("TLS cannot be set up ")
    assert "verify=PATH" in message


@pytest.mark.parametrize("value", [False, 5, b"ca.pem", "", ["ca.pem"]], ids=repr)
def test_a_verify_that_names_no_ca_is_refused(core_type: type[Core | AsyncCore], value: Any) -> None:
    message = refusal(core_type, verify=value)
    assert message.startswith("verify: ")
    assert "PATH" in message or "path" in message


@pytest.mark.parametrize(
    "value",
    [True, 5, "", (), ("a.pem", PASSWORD, PASSWORD, PASSWORD), ("a.pem", None), ("a.pem", "b.pem", 5)],
    ids=["flag", "number", "empty", "no paths", "four", "no key", "a number as a password"],
)
def test_a_cert_that_names_no_certificate_is_refused(core_type: type[Core | AsyncCore], value: Any) -> None:
    assert refusal(core_type, cert=value).startswith("cert: the value is not a path")


def test_a_certificate_that_cannot_be_used_is_named(
    core_type: type[Core | AsyncCore], tmp_path: Path
) -> None:
    _, chain, key = PrivateCA(tmp_path).client_files()
    _, _, other_key = PrivateCA(tmp_path / "other").client_files()
    _, _, encrypted_key = PrivateCA(tmp_path / "third").client_files(PASSWORD)
    nothing = tmp_path / "nothing.pem"
    nothing.touch()
    missing_path = tmp_path / "missing.pem"
    for cert, words in {
        missing_path: f"{str(missing_path)!r} cannot be read",
        (chain, missing_path): f"{str(missing_path)!r} cannot be read",
        tmp_path: f"{str(tmp_path)!r} cannot be read",
        nothing: f"{str(nothing)!r} cannot be used",
        chain: f"{str(chain)!r} cannot be used",
        (key, chain): f"{str(key)!r} and {str(chain)!r} cannot be used",
        (chain, other_key): f"the key in {str(other_key)!r} does not belong to the certificate",
        (chain, encrypted_key): f"the key in {str(encrypted_key)!r} is encrypted",
        (chain, encrypted_key, PASSWORD[1:]): f"{str(encrypted_key)!r}: the password is wrong",
        (chain, encrypted_key, PASSWORD * 100): f"the password of {str(encrypted_key)!r} is too long",
    }.items():
        message = refusal(core_type, cert=cert)
        assert message.startswith("cert: ")
        assert words in message


def test_a_certificate_beside_an_ssl_context_is_refused(
    core_type: type[Core | AsyncCore], tmp_path: Path
) -> None:
    both, _, _ = PrivateCA(tmp_path).client_files()
    message = refusal(core_type, verify=ssl.create_default_context(), cert=both)
    assert "load_cert_chain" in message


def test_a_password_is_shown_nowhere(core_type: type[Core | AsyncCore], tmp_path: Path) -> None:
    _, chain, key = PrivateCA(tmp_path).client_files(PASSWORD)
    core = core_type(SETTINGS, api_key="test-key", cert=(chain, key, PASSWORD))
    transport: object = vars(core)["_transport"]
    connector: object = vars(transport)["_connector"]
    assert PASSWORD not in repr((core, vars(core), vars(transport), vars(connector)))
