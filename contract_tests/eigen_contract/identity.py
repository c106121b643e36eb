"""Says when a finding of one run is the same finding in another run, for baselines.

A request is known by what it asks, not by ids that an earlier answer made up; a message by its words, not by
the numbers and ids in it.
"""

import hashlib
import re

from eigen_contract.exchange import Finding, Request

DIGEST_LENGTH = 12
"""Hexadecimal digits of a digest: enough for some ten thousand requests without two that are alike."""
IDS = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Ids of the usual form (RFC 9562, section 4)."""
VARIABLE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{16,}\b|\d+(?:\.\d+)?")
"""Ids and numbers in a message."""


def request_digest(request: Request) -> str:
    """Return a short name of a request that is the same in every run that sends it.

    Values of the query are left out: they name jobs, which have other ids in every run.
    """
    names = sorted(name for name, _ in request.query)
    head = repr((request.method, request.path, names, request.auth, request.media_type))
    hashed = hashlib.sha256(head.encode("utf-8", "surrogatepass"))
    hashed.update(IDS.sub(b"", request.body))
    return hashed.hexdigest()[:DIGEST_LENGTH]


def message_shape(message: str) -> str:
    """Return a message without the ids and numbers in it."""
    return VARIABLE.sub("#", message)


def digest_of(finding: Finding) -> str:
    """Return the digest of a finding's request; empty for a finding without an exchange."""
    return request_digest(finding.exchange.request) if finding.exchange else ""
