"""Compiled templates, kept as Python keeps compiled modules: beside their sources, in `__pycache__`."""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import jinja2


class TemplateCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder; one is taken if it was made of the same source, by the same makers."""

    def __init__(self, folder: Path, makers: str) -> None:
        super().__init__(str(folder), "%s.jinjac")
        self._makers = makers

    def get_source_checksum(self, source: str) -> str:
        """What a compiled template is known by, besides its name."""
        return hashlib.sha256(f"{self._makers}\0{source}".encode()).hexdigest()


def keep_compiled(environment: jinja2.Environment, templates: Path, filters: Iterable[Path]) -> None:
    """Let `environment` keep what it compiles, if Python keeps what it compiles, and there is a place for it.

    `filters` are the modules that filters come from: Jinja runs them on constants when it compiles.
    """
    folder = templates / "__pycache__"
    try:
        if not sys.dont_write_bytecode:
            folder.mkdir(exist_ok=True)
    except OSError:
        return
    if folder.is_dir() and os.access(folder, os.W_OK):
        digest = hashlib.sha256(jinja2.__version__.encode())
        for path in filters:
            digest.update(path.read_bytes())
        environment.bytecode_cache = TemplateCache(folder, digest.hexdigest())
