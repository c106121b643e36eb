"""Writes the curl command that sends a request again. Key and host are variables of the reader's shell."""

import shlex

from eigen_contract.exchange import WRONG_KEY, AuthClass, Exchange

INLINE = 2000
"""Bytes of a body that may stand in a command line; a longer one, or a binary one, is a file beside it."""
AUTHORIZATION: dict[AuthClass, str] = {
    "good": '"Authorization: Bearer $EIGENAI_API_KEY"',
    "empty": "'Authorization: Bearer'",
    "wrong": f"'Authorization: Bearer {WRONG_KEY}'",
    "wrong-scheme": '"Authorization: Token $EIGENAI_API_KEY"',
    "trailing-space": '"Authorization: Bearer $EIGENAI_API_KEY "',
    "cut-short": '"Authorization: Bearer ${EIGENAI_API_KEY%?}"',
    "too-long": '"Authorization: Bearer ${EIGENAI_API_KEY}x"',
    "other-case": '"Authorization: Bearer $(printf %s "$EIGENAI_API_KEY" | tr A-Za-z a-zA-Z)"',
}


def curl(exchange: Exchange, body_file: str = "") -> str:
    """Write the command.

    Args:
        body_file: where the body is, relative to the folder that the command is run in; without one the
            body stands in the command.
    """
    request = exchange.request
    # Paths are sent as they are: without these curl tidies up dots, and takes brackets for patterns.
    words = ["curl", "-sS", "-i", "--globoff", "--path-as-is", *method(request.method)]
    words.append('"$BASE_URL"' + shlex.quote(request.target))
    if request.auth in AUTHORIZATION:
        words += ["-H", AUTHORIZATION[request.auth]]
    words += [word for name, value in request.headers for word in ("-H", shlex.quote(f"{name}: {value}"))]
    if request.body:
        given = shlex.quote(f"@{body_file}") if body_file else shlex.quote(request.body.decode())
        words += ["--data-binary", given]
        if request.header("content-type") is None:
            words += ["-H", "'Content-Type:'"]
    return " ".join(words)


def method(name: str) -> list[str]:
    """Return the option for a method; curl waits for the body of a HEAD that it was not told of."""
    return ["--head"] if name == "HEAD" else ["-X", shlex.quote(name)]


def needs_file(body: bytes) -> bool:
    """Say whether a body cannot stand in a command line: too long, not text, or read as a file's name."""
    if len(body) > INLINE or body.startswith(b"@"):
        return True
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return True
    return any(not letter.isprintable() and letter not in "\n\t" for letter in text)
