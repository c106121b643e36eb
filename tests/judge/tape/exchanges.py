"""Exchanges of every kind that a tape holds, and the tape of them."""

from datetime import UTC, datetime
from pathlib import Path

from eigen_contract.compose import FORM, JSON, Upload, compose
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.media import png
from eigen_contract.spec import Contract
from eigen_contract.tape import Provenance, Tape, TapeEntry

KEY = "secret-key"
OPERATION = next(operation for operation in Contract.load().operations if operation.id == "generate")
FIELDS = {"model": "m", "prompt": "p", "image_file": Upload("a.png", "image/png", png())}
DRAWN = Exchange(
    compose(OPERATION, JSON, {"model": "m", "prompt": "p"}),
    Response(200, (("content-type", "application/json"), ("set-cookie", "who")), b'{"text": "t"}'),
    "drawn",
)
EDITED = Exchange(
    compose(OPERATION, FORM, FIELDS), Response(200, (("content-type", "image/png"),), png()), "edited"
)
REFUSED = Exchange(Request("GET", OPERATION.path, auth="missing"), Response(405, (("allow", "POST"),)), "no")
VENDOR = Provenance("vendor", datetime(2026, 3, 1, 12, 30, tzinfo=UTC), "1" * 64, ("eigen-contract/0.1.0",))
REFERENCE = Provenance("reference", datetime(2026, 1, 31, tzinfo=UTC), "0" * 64)
TAPE = Tape((TapeEntry(DRAWN, REFERENCE), TapeEntry(EDITED, VENDOR, 2.5), TapeEntry(REFUSED, REFERENCE)))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
