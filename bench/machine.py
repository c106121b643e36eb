"""Where figures were measured: what matters for them, and nothing that names the machine or its owner."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .subject import load_all


def facts() -> list[str]:
    """Describe processor, memory, system, Python, and the versions of what is measured."""
    return [*host(), ", ".join(_versions())]


def host() -> list[str]:
    """Describe processor, system and Python."""
    return [
        f"{_processor()}, {os.cpu_count()} logical cores",
        f"{platform.system()} {platform.release().partition('-')[0]}, "
        f"{platform.python_implementation()} {platform.python_version()}",
    ]


def _versions() -> Iterator[str]:
    for name in [*(one.distribution for one in load_all()), "httpcore", "attrs", "httpx2", "basedpyright"]:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} (not installed)"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
