"""A certificate authority that no machine trusts, and servers whose certificates it has signed."""

import hashlib
import socket
import ssl
from pathlib import Path
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from tests.runtime.faulty_server import Peer, Script


class PrivateCA:
    """An authority with its certificate at `path`, among the files of `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        # Any, because the methods of trustme take pyOpenSSL's contexts too, which have no types here.
        self._authority: Any = trustme.CA()
        self.path = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.path)

    def server_context(
        self,
        host: str = "127.0.0.1",
        *,
        leaf: Any = None,
        asks_for_certificate: bool = False,
    ) -> ssl.SSLContext:
        """Return the context of a server at `host`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (leaf or self._authority.issue_cert(host)).configure_cert(context)
        if asks_for_certificate:
            context.verify_mode = ssl.CERT_REQUIRED
            self._authority.configure_trust(context)
        return context

    def issue(self, *hosts: str, **options: object) -> Any:
        return self._authority.issue_cert(*hosts, **options)

    def client_files(self, password: str = "") -> tuple[Path, Path, Path]:
        """Return the files of a client's certificate: both in one, the certificate, and its key."""
        leaf = self._authority.issue_cert("client@example.com")
        both, chain, key = (self._folder / name for name in ("both.pem", "chain.pem", "key.pem"))
        leaf.private_key_and_cert_chain_pem.write_to_path(both)
        chain.write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
        pem = leaf.private_key_pem.bytes()
        if password:
            private_key = load_pem_private_key(pem, None)
            encryption = BestAvailableEncryption(password.encode())
            pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
        key.write_bytes(pem)
        return both, chain, key

    def hashed_folder(self) -> Path:
        """Return a folder as `openssl rehash` makes it, with the certificate of the authority."""
        subject = x509.load_pem_x509_certificate(self.path.read_bytes()).subject
        # X509_NAME_hash of OpenSSL: SHA-1 over the names in lower case, without the header (2 bytes).
        names = [x509.NameAttribute(name.oid, str(name.value).lower()) for name in subject]
        lower_case = x509.Name(names)
        digest = hashlib.sha1(lower_case.public_bytes()[2:], usedforsecurity=False).digest()
        folder = self._folder / "hashed"
        folder.mkdir()
        name = f"{int.from_bytes(digest[:4], 'little'):08x}.0"
        (folder / name).write_bytes(self.path.read_bytes())
        return folder


def over_tls(script: Script, context: ssl.SSLContext) -> Script:
    """Return a script that speaks TLS first; a handshake that fails ends it."""

    def run_over_tls(peer: Peer) -> None:
        # Closing a socket that has unread data resets the connection, and the client may lose the alert that
        # says why. This copy stays open until the client has closed.
        with peer.connection.dup() as plain_connection:
            try:
                tls_connection = context.wrap_socket(peer.connection, server_side=True)
            except ssl.SSLError:
                plain_connection.shutdown(socket.SHUT_WR)
                while plain_connection.recv(65536):
                    pass
                raise
        with tls_connection:
            script(Peer(tls_connection, peer.received))

    return run_over_tls


def https(url: str) -> str:
    return url.replace("http:", "https:")
