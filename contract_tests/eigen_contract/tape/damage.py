"""The error of a tape that cannot be read. `Tape.load` names the folder and the cure."""


class DamagedError(ValueError):
    """A part of a tape is not what a tape holds. The message says which part, and what is wrong."""
