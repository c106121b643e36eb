"""The tape that a killed process was about to write."""

from attrs import evolve

from eigen_contract.exchange import Response
from eigen_contract.media import png
from eigen_contract.tape import TapeEntry
from tests.judge.tape.exchanges import EDITED, TAPE, VENDOR

NEW = TAPE.without(["drawn"]).with_entry(
    TapeEntry(
        evolve(EDITED, response=Response(200, (("content-type", "image/png"),), png(8, 8))), VENDOR, 4.0
    )
)
"""One exchange is gone, one was answered otherwise, one is as it was."""
