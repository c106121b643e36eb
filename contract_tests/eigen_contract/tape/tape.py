"""A tape as a value: load it, ask it, change it, save it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from attrs import evolve, field, frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import ORIGINS, Exchange, Origin, Request, Response
from eigen_contract.tape import migration
from eigen_contract.tape.bodies import FOLDER
from eigen_contract.tape.damage import DamagedError
from eigen_contract.tape.entries import TapeEntry
from eigen_contract.tape.manifest import MANIFEST, read_manifest, write_manifest
from eigen_contract.tape.matching import fingerprint, unmatched
from eigen_contract.tape.migration import read_format_1
from eigen_contract.tape.secrets import holds_key, refuse_secret_headers, refuse_secrets
from eigen_contract.tape.storage import write_tape


@frozen
class Tape:
    """Recorded exchanges in a fixed order. No two entries have the same label."""

    entries: tuple[TapeEntry, ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, folder: Path) -> "Tape":
        """Read a tape, of this format or of format 1.

        Raises:
            CannotJudgeError: it is missing, damaged, or holds what looks like a key.
        """
        if not folder.is_dir():
            raise CannotJudgeError(f"there is no tape in {folder}; name a folder with --tape")
        try:
            entries = read_entries(folder)
        except (OSError, ValueError) as error:
            raise CannotJudgeError(f"the tape {folder} is damaged: {error}") from error
        for entry in entries:
            refuse_secret_headers(entry.exchange.response.headers, f"{folder}: the answer of {entry.label}")
        for place in (folder, folder / FOLDER):
            for path in sorted(path for path in place.glob("*") if path.is_file()):
                refuse_secrets(path.read_bytes(), str(path))
        return cls(entries)

    @classmethod
    def load_or_empty(cls, folder: Path) -> "Tape":
        """Read the tape in a folder; an empty one where there is none yet.

        Raises:
            CannotJudgeError: there is one, and it is damaged or holds what looks like a key.
        """
        is_there = any((folder / name).is_file() for name in (MANIFEST, migration.MANIFEST))
        return cls.load(folder) if is_there else cls()

    def save(self, folder: Path, key: str) -> None:
        """Write the tape into a folder, in place of the one that is there.

        Args:
            key: the key that was used; an exchange that holds it is not written.

        Raises:
            CannotJudgeError: some exchange holds the key, or the folder cannot be written to; what was there
                is still there.
        """
        for entry in self.entries:
            if holds_key(entry.exchange, key):
                raise CannotJudgeError(f"the exchange {entry.label} holds the key; the tape is not written")
        manifest, bodies = write_manifest(self.entries)
        refuse_secrets(manifest.encode(), MANIFEST)
        for name, data in bodies.files.items():
            refuse_secrets(data, name)
        write_tape(folder, manifest, bodies.files)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges of all entries, each with the origin of its answer."""
        return tuple(evolve(entry.exchange, origin=entry.provenance.origin) for entry in self.entries)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Whoever answered anything on the tape."""
        present = {entry.provenance.origin for entry in self.entries}
        return tuple(origin for origin in ORIGINS if origin in present)

    @cached_property
    def _by_request(self) -> Mapping[str, tuple[TapeEntry, ...]]:
        matching: dict[str, tuple[TapeEntry, ...]] = {}
        for entry in self.entries:
            key = fingerprint(entry.exchange.request)
            matching[key] = (*matching.get(key, ()), entry)
        return matching

    def matching(self, request: Request) -> tuple[TapeEntry, ...]:
        """Return every entry whose request means the same, in the order of the tape."""
        return self._by_request.get(fingerprint(request), ())

    def answer(self, request: Request) -> Response:
        """Return the recorded response to a request; the last one where there are several.

        Raises:
            UnmatchedError: there is none.
        """
        matching = self.matching(request)
        if not matching:
            raise unmatched(request, self.exchanges)
        return matching[-1].exchange.response

    def entry(self, label: str) -> TapeEntry | None:
        """Return the entry of a label, or None."""
        return next((entry for entry in self.entries if entry.label == label), None)

    def with_entry(self, entry: TapeEntry, position: int | None = None) -> "Tape":
        """Return a tape with an entry in place of the one of its label.

        Args:
            position: where a new one stands, from 0; at the end if None.
        """
        labels = [known.label for known in self.entries]
        entries = list(self.entries)
        if entry.label in labels:
            entries[labels.index(entry.label)] = entry
        else:
            entries.insert(len(entries) if position is None else position, entry)
        return Tape(tuple(entries))

    def without(self, labels: Iterable[str]) -> "Tape":
        """Return a tape without the entries of some labels."""
        gone = set(labels)
        return Tape(tuple(entry for entry in self.entries if entry.label not in gone))


def read_entries(folder: Path) -> tuple[TapeEntry, ...]:
    """Read the entries of the tape in a folder, whatever its format."""
    if (folder / MANIFEST).is_file():
        return refuse_repeated(read_manifest(folder, (folder / MANIFEST).read_text("utf-8")))
    if (folder / migration.MANIFEST).is_file():
        return refuse_repeated(read_format_1(folder, (folder / migration.MANIFEST).read_text("utf-8")))
    raise DamagedError(f"there is no {MANIFEST} in it")


def refuse_repeated(entries: tuple[TapeEntry, ...]) -> tuple[TapeEntry, ...]:
    """Return the entries. Raises DamagedError: two have the same label."""
    seen: set[str] = set()
    for entry in entries:
        if entry.label in seen:
            raise DamagedError(f"two exchanges are called {entry.label!r}")
        seen.add(entry.label)
    return entries
