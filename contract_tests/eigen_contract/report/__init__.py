"""Writes a judgement down: text for a terminal, JSON for programs, JUnit for continuous integration, a page.

`Result` is what all of them show; `write` puts them into a folder, with the bodies that a reader needs to
send a request again as files beside them.
"""

from eigen_contract.report.files import prepare, without, write
from eigen_contract.report.result import Result
from eigen_contract.report.text import as_text

__all__ = ["Result", "as_text", "prepare", "without", "write"]
