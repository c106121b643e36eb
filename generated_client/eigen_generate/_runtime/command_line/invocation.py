"""A command with all that its command line says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from attrs import evolve, frozen

from .commands import Command, Program
from .options import BaseConnection, Delivery, JobDelivery, RequestDelivery, SoundDelivery
from .stdin import Stdin


@frozen(kw_only=True)
class Invocation:
    """One call of a command's method. `options` are the words for its arguments in messages.

    `folder` is where results get names of their own: None if the command line names a file, or nothing.
    """

    program: Program
    name: str
    command: Command
    arguments: Mapping[str, Any]
    delivery: Delivery
    connection: BaseConnection
    options: Mapping[str, str]
    folder: Path | None = None

    @property
    def title(self) -> str:
        """The command as messages begin."""
        return f"{self.program.name} {self.name}"

    @property
    def is_dry_run(self) -> bool:
        """Whether the request is only printed."""
        return isinstance(self.delivery, RequestDelivery) and self.delivery.dry_run

    @property
    def plays(self) -> bool:
        """Whether the result is to be heard."""
        return isinstance(self.delivery, SoundDelivery) and self.delivery.play

    @property
    def leaves_job(self) -> bool:
        """Whether a job is not waited for."""
        return isinstance(self.delivery, JobDelivery) and self.delivery.no_wait

    @property
    def inputs(self) -> list[Path | Stdin]:
        """The files that each get a request of their own; empty if the command takes none."""
        if not self.command.takes_files:
            return []
        files = self.arguments[self.command.argument]
        return cast("list[Path | Stdin]", files if isinstance(files, list) else [files])

    @property
    def input_path(self) -> Path | None:
        """The path of the one input, if it has one."""
        match self.inputs:
            case [Path() as path]:
                return path
            case _:
                return None

    @property
    def file_name(self) -> str:
        """The name of a result for which the command line names no file, without a suffix."""
        if self.folder is not None and self.input_path is not None:
            return self.input_path.stem
        return self.name.replace(" ", "-")

    def split(self) -> list["Invocation"]:
        """Return an invocation for each input. The output of several inputs is a folder."""
        argument, output = self.command.argument, self.delivery.output
        if not self.inputs:
            return [self]
        folder = None if len(self.inputs) == 1 or output == "-" else Path(output or ".")
        return [
            evolve(self, arguments={**self.arguments, argument: file}, folder=folder) for file in self.inputs
        ]
