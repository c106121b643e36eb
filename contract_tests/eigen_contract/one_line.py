"""Keeps what a server says from steering the terminal, or the log of a job, that it is printed to."""


def as_one_line(text: str) -> str:
    """Return a text as one printable line, with every other character as its escape in Python.

    A terminal obeys control characters, and a workflow's log obeys a line that begins with `::`.
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text
    )
