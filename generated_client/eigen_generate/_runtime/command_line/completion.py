"""The command `completion`: what a shell needs to complete commands and options."""

from typing import Annotated, Literal

from cyclopts import Parameter

from .application import make_application
from .options import FLAG, ThisProgram


def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish", "powershell"], Parameter(help="The shell.", show_choices=True)
    ],
    /,
    *,
    install: Annotated[bool, FLAG, Parameter(help="Install it for this user.")] = False,
    program: ThisProgram,
) -> None:
    """Print the completion of a shell, or install it."""
    application = make_application(program)
    if install:
        path = application.install_completion(shell=shell)
        print(path)
    else:
        print(application.generate_completion(shell=shell))
