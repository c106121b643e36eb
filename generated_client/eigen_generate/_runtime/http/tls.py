"""TLS: contexts as the options say, and what errors of a handshake mean.

Errors of `ssl` and of files name neither the file nor the setting. Those raised here name both.
"""

import os
import re
import ssl
from pathlib import Path
from typing import NamedTuple, NoReturn

from ..errors import ConfigurationError
from ..settings.certificates import Authorities, ClientCertificate

# OpenSSL looks for a certificate of a directory under the hash of its subject, with a number.
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.\d+")
_VERIFY_HINT = "Give a file of PEM certificates, or a directory that `openssl rehash` prepared"

# Values of `verify_code`: X509_V_ERR_... of OpenSSL's include/openssl/x509_vfy.h.
_NOT_YET_VALID, _EXPIRED, _HOSTNAME_MISMATCH, _ADDRESS_MISMATCH = 9, 10, 62, 64
# Alerts of a server that does not accept the client's certificate, or the lack of one (RFC 8446, 6.2), by
# OpenSSL's names. They end the handshake: what was sent behind it is never read.
_CLIENT_CERTIFICATE_ALERTS = frozenset(
    {
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_UNKNOWN_CA",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    }
)


class Explanation(NamedTuple):
    """Why a handshake failed, and what to do about it."""

    reason: str
    hint: str


def make_context(authorities: Authorities, certificate: ClientCertificate | None) -> ssl.SSLContext:
    """Return a context that trusts `authorities` and presents `certificate`; raises ConfigurationError."""
    if authorities.context is not None:
        if certificate is not None:
            raise ConfigurationError(
                "cert: verify is an ssl.SSLContext, which has its own certificate",
                hint="Call its load_cert_chain(), and leave out cert",
            )
        return authorities.context
    context = _context_that_trusts(authorities)
    if certificate is not None:
        _load_certificate(context, certificate)
    return context


def _context_that_trusts(authorities: Authorities) -> ssl.SSLContext:
    path = authorities.path
    try:
        if not path:
            import httpx  # noqa: PLC0415 - only clients of our own need it

            return httpx.create_ssl_context(trust_env=False)
        if authorities.source == "SSL_CERT_DIR" or (authorities.source == "verify" and Path(path).is_dir()):
            _check_directories(authorities)
            return ssl.create_default_context(capath=path)
        _check_file(authorities.source, path, _hint_for(authorities))
        context = ssl.create_default_context(cafile=path)
    except ssl.SSLError as error:
        _raise_unusable(authorities, error)
    except OSError as error:
        raise _unreadable_setting(error) from None
    if not context.cert_store_stats()["x509"]:  # the file holds nothing but revocation lists
        _raise_unusable(authorities, None)
    return context


def _hint_for(authorities: Authorities) -> str:
    if authorities.source == "SSL_CERT_FILE" and Path(authorities.path).is_dir():
        return "Name a file of PEM certificates, or set SSL_CERT_DIR instead"
    if authorities.source == "verify":
        return _VERIFY_HINT
    return f"Set {authorities.source} to a file of PEM certificates, or unset it"


def _check_file(source: str, path: str, hint: str) -> None:
    """Raise ConfigurationError if a file cannot be read: OpenSSL's own error does not name it."""
    try:
        with Path(path).open("rb") as file:
            file.read(1)
    except (OSError, ValueError) as error:  # ValueError: the path holds a null character
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(f"{source}: {path!r} cannot be read ({reason})", hint=hint) from None


def _check_directories(authorities: Authorities) -> None:
    """Raise ConfigurationError if OpenSSL would find no certificate in any of the directories.

    It looks into them at the first handshake only, and then reports that the server is not trusted.
    """
    reasons: list[str] = []
    for directory in authorities.path.split(os.pathsep):
        try:
            if any(_HASHED_NAME.fullmatch(file.name) for file in Path(directory).iterdir()):
                return
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            reasons.append(f"{directory!r} cannot be read ({reason})")
        else:
            reasons.append(f"{directory!r} holds no certificate under a hashed name")
    hint = "Prepare the directory with `openssl rehash`"
    if authorities.source != "verify":
        hint += f", or unset {authorities.source}"
    raise ConfigurationError(f"{authorities.source}: {'; '.join(reasons)}", hint=hint)


def _raise_unusable(authorities: Authorities, error: ssl.SSLError | None) -> NoReturn:
    """Raise ConfigurationError for a file that was read and is of no use."""
    if not authorities.path:
        raise ConfigurationError(
            f"TLS cannot be set up ({error})", hint="Look at the configuration of OpenSSL on this machine"
        ) from None
    fault = "holds no PEM certificate"
    if error is not None and error.reason != "NO_CERTIFICATE_OR_CRL_FOUND":
        fault = f"holds a broken certificate ({error})"
    raise ConfigurationError(
        f"{authorities.source}: {authorities.path!r} {fault}", hint=_hint_for(authorities)
    ) from None


def _unreadable_setting(error: OSError) -> ConfigurationError:
    """Return the error for a file other than those of the options.

    `ssl` opens the file that SSLKEYLOGFILE names, and httpx that of certifi, which a frozen program may lack.
    """
    key_log = os.environ.get("SSLKEYLOGFILE")
    if key_log:
        try:
            Path(key_log).open("ab").close()  # as `ssl` opens it
        except OSError as key_log_error:
            return ConfigurationError(
                f"SSLKEYLOGFILE: {key_log!r} cannot be written ({key_log_error.strerror})",
                hint="Name a file that can be written, or unset SSLKEYLOGFILE",
            )
    return ConfigurationError(
        f"TLS cannot be set up ({error})",
        hint="Install certifi again, or name another file of PEM certificates: verify=PATH",
    )


def _load_certificate(context: ssl.SSLContext, certificate: ClientCertificate) -> None:
    """Add a client certificate to a context. No error shows its password."""
    paths = [path for path in (certificate.path, certificate.key_path) if path]
    for path in paths:
        _check_file("cert", path, "Give paths of PEM files: cert=(certificate, key)")
    key_path = paths[-1]

    def password() -> str:
        # Without this function OpenSSL would ask on the terminal, and wait.
        text = certificate.password.reveal()
        if not text:
            raise ConfigurationError(
                f"cert: the key in {key_path!r} is encrypted", hint="Give cert=(certificate, key, password)"
            )
        return text

    try:
        context.load_cert_chain(certificate.path, certificate.key_path or None, password)
    except ValueError:
        raise ConfigurationError(
            f"cert: the password of {key_path!r} is too long", hint="OpenSSL takes up to 1024 bytes"
        ) from None
    except OSError as error:
        reason = getattr(error, "reason", None)
        fault = f"{' and '.join(map(repr, paths))} cannot be used ({error})"
        if reason == "KEY_VALUES_MISMATCH":
            fault = f"the key in {key_path!r} does not belong to the certificate in {certificate.path!r}"
        elif certificate.password.reveal() and reason not in ("NO_START_LINE", "PEM_LIB"):
            fault = f"{' and '.join(map(repr, paths))}: the password is wrong, or a file is broken ({error})"
        raise ConfigurationError(
            f"cert: {fault}", hint="Give paths of PEM files: cert=(certificate, key, password)"
        ) from None


def explain_tls(error: BaseException | None, handled: BaseException | None) -> Explanation | None:
    """Return what a failed handshake means, None if `error` comes from no failed check of a certificate.

    `handled` is what the caller was handling before the call, if anything: Python chains it to every error
    that is raised meanwhile, and it says nothing about this connection.
    """
    # Causes alone would not do: httpcore 1.0 replaces them (`raise ... from None`).
    while error is not None and error is not handled:
        if isinstance(error, ssl.SSLCertVerificationError):
            return _explain_verification(error)
        if isinstance(error, ssl.SSLError) and error.reason in _CLIENT_CERTIFICATE_ALERTS:
            return Explanation(
                "the server does not accept the client's certificate, or asks for one",
                "Give the certificate that the server asks for: cert=(certificate, key)",
            )
        error = error.__cause__ or error.__context__
    return None


def _explain_verification(error: ssl.SSLCertVerificationError) -> Explanation:
    if error.verify_code in (_HOSTNAME_MISMATCH, _ADDRESS_MISMATCH):
        return Explanation(
            "the server's certificate is for another name", "Nothing was sent; check the host of base_url"
        )
    if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
        return Explanation(
            "the server's certificate is not valid now",
            "Nothing was sent; check the clock of this machine, else the server needs a new certificate",
        )
    return Explanation(
        "the server's certificate is not trusted",
        "Nothing was sent. To trust a private CA, give its PEM file: verify=PATH, or SSL_CERT_FILE=PATH in "
        "the environment",
    )
