"""Writes a judgement down, for people and for programs.

`Result` is what all forms show. `write` puts them into a folder: a page, JSON, text, JUnit and SARIF, with
the bodies that a reader needs to send a request again as files beside them. `as_text` is for a terminal,
`as_annotations` for pull requests, and `archive` keeps every exchange of a run as an HTTP archive.
"""

from eigen_contract.report.annotations import as_annotations
from eigen_contract.report.archive import archive
from eigen_contract.report.files import prepare, without, write
from eigen_contract.report.result import Result
from eigen_contract.report.text import as_text
from eigen_contract.report.trend import load_earlier

__all__ = ["Result", "archive", "as_annotations", "as_text", "load_earlier", "prepare", "without", "write"]
