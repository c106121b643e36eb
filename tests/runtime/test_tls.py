"""Whom clients trust, and what they present: over real sockets, with a CA of the test's own."""

import datetime as dt
import ssl
from pathlib import Path
from typing import Any

import pytest

from generator.runtime import errors
from tests.runtime import calls
from tests.runtime.calls import PNG
from tests.runtime.connecting import FIELDS, Client, disconnect, refuse, succeed
from tests.runtime.faulty_server import Peer, serve
from tests.runtime.private_ca import PrivateCA, https, over_tls

PASSWORD = "open-sesame"


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Client:
    """Clients with connections of their own; an `http_client` has its own settings."""
    return Client(request.param)


@pytest.fixture(autouse=True)
def no_certificates_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> PrivateCA:
    return PrivateCA(tmp_path)


def paint(client: Client, context: ssl.SSLContext, **options: Any) -> bytes:
    """Return what a server with this context answers."""
    with serve(over_tls(succeed, context)) as server:
        content: bytes = client.call(https(server.url), calls.PAINT, FIELDS, max_retries=0, **options).content
        return content


@pytest.mark.parametrize("kind", ["path", "text", "folder", "context"])
def test_trusts_the_private_ca_of_verify(client: Client, authority: PrivateCA, kind: str) -> None:
    ways: dict[str, Any] = {
        "path": authority.path,
        "text": str(authority.path),
        "folder": authority.hashed_folder(),
        "context": ssl.create_default_context(cafile=authority.path),
    }
    assert paint(client, authority.server_context(), verify=ways[kind]) == PNG


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_trusts_the_private_ca_of_the_environment(
    client: Client, authority: PrivateCA, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = f"{tmp_path / 'missing'}:{authority.hashed_folder()}"
    monkeypatch.setenv(variable, str(authority.path) if variable == "SSL_CERT_FILE" else folders)
    assert paint(client, authority.server_context()) == PNG


def test_verify_counts_before_the_environment(
    client: Client, authority: PrivateCA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/missing/ca.pem")
    assert paint(client, authority.server_context(), verify=authority.path) == PNG


@pytest.mark.parametrize("verify", [None, True])
def test_a_certificate_that_is_not_trusted_says_how_to_trust_it(
    client: Client, authority: PrivateCA, verify: Any
) -> None:
    with pytest.raises(errors.NotSentError, match="certificate is not trusted") as caught:
        paint(client, authority.server_context(), verify=verify)
    assert "verify=PATH" in str(caught.value)
    assert "SSL_CERT_FILE=PATH" in str(caught.value)
    assert caught.value.bytes_sent == 0


def test_a_certificate_for_another_host_says_so(client: Client, authority: PrivateCA) -> None:
    with pytest.raises(errors.NotSentError, match="for another name") as caught:
        paint(client, authority.server_context("elsewhere.example"), verify=authority.path)
    assert "base_url" in str(caught.value)


def test_an_expired_certificate_says_so(client: Client, authority: PrivateCA) -> None:
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    leaf = authority.issue("127.0.0.1", not_before=past, not_after=past + dt.timedelta(days=1))
    with pytest.raises(errors.NotSentError, match="not valid now") as caught:
        paint(client, authority.server_context(leaf=leaf), verify=authority.path)
    assert "clock" in str(caught.value)


@pytest.mark.parametrize("kind", ["one file", "two files", "encrypted", "context"])
def test_presents_its_certificate_to_a_server_that_asks(
    client: Client, authority: PrivateCA, kind: str
) -> None:
    both, chain, key = authority.client_files(PASSWORD if kind == "encrypted" else "")
    options: dict[str, Any] = {"verify": authority.path}
    if kind == "context":
        options["verify"] = ssl.create_default_context(cafile=authority.path)
        options["verify"].load_cert_chain(both)
    else:
        certificates = {"one file": both, "two files": (chain, str(key)), "encrypted": (chain, key, PASSWORD)}
        options["cert"] = certificates[kind]
    assert paint(client, authority.server_context(asks_for_certificate=True), **options) == PNG


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_without_the_certificate_sent_nothing(
    client: Client, authority: PrivateCA, version: ssl.TLSVersion
) -> None:
    context = authority.server_context(asks_for_certificate=True)
    context.maximum_version = version
    with pytest.raises(errors.NotSentError) as caught:
        paint(client, context, verify=authority.path)
    if version is ssl.TLSVersion.TLSv1_3:  # in 1.2 the alert does not say what the server misses
        assert "cert=" in str(caught.value)


def test_a_certificate_of_another_ca_is_refused(client: Client, authority: PrivateCA, tmp_path: Path) -> None:
    stranger, _, _ = PrivateCA(tmp_path / "stranger").client_files()
    context = authority.server_context(asks_for_certificate=True)
    with pytest.raises(errors.NotSentError, match="does not accept the client's certificate"):
        paint(client, context, verify=authority.path, cert=stranger)


def test_trusts_a_proxy_by_the_same_ca(client: Client, authority: PrivateCA) -> None:
    with serve(over_tls(refuse(407), authority.server_context())) as proxy:
        with pytest.raises(errors.NotSentError, match="the proxy made no connection"):
            client.call(
                "https://api.example.com",
                calls.PAINT,
                FIELDS,
                proxy=https(proxy.url),
                verify=authority.path,
                max_retries=0,
            )
        assert proxy.received[0].head.startswith(b"CONNECT api.example.com:443 ")


def test_an_iterator_that_fails_by_tls_was_sent_in_part(client: Client) -> None:
    def chunks() -> Any:
        yield PNG + bytes(100_000)
        raise ssl.SSLError(1, "its own source is down")

    with pytest.raises(errors.OutcomeUnknownError, match="its own source"), serve(succeed) as server:
        client.call(server.url, calls.PAINT, {"model": "m", "file": chunks()})


def test_an_error_that_the_caller_was_handling_explains_nothing(client: Client) -> None:
    try:
        raise ssl.SSLCertVerificationError(1, "of another library")
    except ssl.SSLCertVerificationError:
        with serve(disconnect) as server, pytest.raises(errors.OutcomeUnknownError):
            client.call(server.url, calls.PAINT, FIELDS)


def test_a_broken_record_in_an_answer_leaves_the_outcome_unknown(
    client: Client, authority: PrivateCA
) -> None:
    context = authority.server_context()

    def break_record(peer: Peer) -> None:
        with (
            peer.connection.dup() as plain_connection,
            context.wrap_socket(peer.connection, server_side=True) as connection,
        ):
            tls_peer = Peer(connection, peer.received)
            tls_peer.read()
            tls_peer.answer(200, PNG, "Content-Type: image/png", length=len(PNG) + 100)
            plain_connection.sendall(b"\x17\x03\x03\x00\x20" + bytes(32))
            plain_connection.recv(65536)

    with serve(break_record) as server, pytest.raises(errors.OutcomeUnknownError):
        client.call(https(server.url), calls.PAINT, FIELDS, verify=authority.path)
