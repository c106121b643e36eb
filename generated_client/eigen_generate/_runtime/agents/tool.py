"""A tool as data that generated code fills in."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Tool(NamedTuple):
    """A method of the client that agents may call.

    `path` is where the method is on a client, such as `things.make`. `schema` is the JSON Schema of its
    arguments. `files` are arguments that are paths of files, or lists of them. `wait` is the path of the
    method that waits for the job that the method starts, if it starts one; `waits` says that the method
    waits itself. `job_state` is the JSON pointer to the state in each answer about the job.
    """

    path: str
    description: str
    schema: Mapping[str, Any]
    files: tuple[str, ...] = ()
    wait: str | None = None
    waits: bool = False
    job_state: str = ""


Tools = Mapping[str, Tool]
