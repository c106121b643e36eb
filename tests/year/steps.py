"""The steps of the year, as `changes.toml` lists them."""

import re
import tomllib
from pathlib import Path
from typing import Any

from attrs import frozen

from tests.year.workplace import Edit

CHANGES = Path(__file__).parent / "changes.toml"
USUAL_CHAPTERS = ("Build the client", "Read what it means for callers", "Judge it", "Commit it", "Release it")


@frozen
class Step:
    """One change, and what must come of it."""

    number: int
    data: dict[str, Any]

    @property
    def title(self) -> str:
        """What is changed, in a few words."""
        return str(self.data["title"])

    @property
    def chapters(self) -> list[str]:
        """The headings of the page whose commands are typed, in their order."""
        return list(self.data.get("chapters", USUAL_CHAPTERS))

    def edits(self, key: str) -> list[Edit]:
        """Return the edits under `edit` or `mend`."""
        return [Edit(**edit) for edit in self.data.get(key, ())]


def read_steps() -> list[Step]:
    """Return the steps in their order."""
    data = tomllib.loads(CHANGES.read_text(encoding="utf-8"))
    return [Step(number, step) for number, step in enumerate(data["step"], 1)]


def set_version(contract: Path, version: str) -> None:
    """Write the SDK's version into a contract, as a release does."""
    text = contract.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)(?<=^x-sdk:\n)((?:  .*\n)*?  version: )\S+$", rf"\g<1>{version}", text)
    assert count == 1, f"{contract} has no x-sdk.version"
    contract.write_text(changed, encoding="utf-8")


def begin_at_1_0_0(contract: Path) -> None:
    """Let the year begin with the release 1.0.0, so that all rules of versions show."""
    set_version(contract, "1.0.0")
