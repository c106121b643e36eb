"""Takes the contract into the distributions when they are built, so that git holds it once.

The repository has `openapi.yaml` in the folder above this project. The sdist has it in its root, because a
wheel is also built from the sdist alone. The wheel has it in each of the two packages, because neither reads
files of the other. An editable install needs no copy: the packages find the file of the repository.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTRACT = "openapi.yaml"
PACKAGES = ("eigen_contract", "eigen_reference")


class ContractHook(BuildHookInterface[BuilderConfig]):
    """Adds the contract to what hatchling packs; the source tree stays as it is."""

    _copies: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; `version` is hatchling's name for the kind of build."""
        if version == "editable":
            return
        contract = find_contract(Path(self.root))
        included: dict[str, str] = build_data["force_include"]
        if self.target_name == "sdist":
            included[str(contract)] = CONTRACT
            return
        # Hatchling packs each file at one place only, so each package is given a copy.
        self._copies = TemporaryDirectory()
        for package in PACKAGES:
            copy = Path(self._copies.name) / package
            shutil.copyfile(contract, copy)
            included[str(copy)] = f"{package}/{CONTRACT}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the copies when the wheel is packed."""
        if self._copies is not None:
            self._copies.cleanup()


def find_contract(project: Path) -> Path:
    """Return the contract to pack: that of the sdist, or that of the repository in the folder above.

    Raises:
        FileNotFoundError: there is neither.
    """
    for folder in (project, project.parent):
        if (folder / CONTRACT).is_file():
            return folder / CONTRACT
    raise FileNotFoundError(
        f"no {CONTRACT} in {project} or in the folder above it; build from the repository or from an sdist"
    )
