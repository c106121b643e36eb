"""Keep the API key out of everything that is shown, logged or pickled."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, cast

REDACTED = "[redacted]"
# In characters. A shorter key may be an ordinary word that is part of other words by chance.
_MIN_RANDOM_KEY = 8


class Secret:
    """Holds a string that only `reveal` returns: repr, str, format, vars and pickle do not show it."""

    __slots__ = ("reveal",)

    reveal: Callable[[], str]

    def __init__(self, value: str) -> None:
        # A closure and not an attribute, so that tools that walk over attributes never meet the text.
        self.reveal = lambda: value

    def __repr__(self) -> str:
        return "Secret('**********')"

    def __format__(self, specification: str) -> str:
        return format(repr(self), specification)

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: make the client anew in the other process")

    def key_of(self, argument: str) -> str:  # noqa: ARG002 - a KeyRing has several keys
        """Return the key that the client's `argument` took: a single key serves every scheme."""
        return self.reveal()

    def shared_key(self) -> str:
        """Return the key for schemes whose own key is missing; empty if there is none."""
        return self.reveal()

    def redact(self, text: str) -> str:
        """Return `text`, which came from a server, with every occurrence of the secret redacted.

        A short secret may be part of other words by chance, and is redacted only where it is a separate word.
        """
        key = self.reveal()
        if not key or (key not in text and not ("/" in key and "\\/" in text)):
            return text
        # JSON may write each slash with a backslash before it (RFC 8259, section 7).
        pattern = re.escape(key).replace("/", r"\\?/")
        if len(key) < _MIN_RANDOM_KEY:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return re.sub(pattern, REDACTED, text)

    def redact_json(self, data: object) -> object:
        """Return `data`, which came as JSON, with the secret redacted in its strings and property names."""
        try:
            if isinstance(data, str):
                return self.redact(data)
            if isinstance(data, list):
                return list(map(self.redact_json, cast("list[object]", data)))
            if isinstance(data, dict):
                properties = cast("dict[str, object]", data).items()
                return {self.redact(name): self.redact_json(value) for name, value in properties}
        except RecursionError:  # nested too deeply to be a message for a person
            return REDACTED
        return data

    def redact_bytes(self, content: bytes) -> bytes:
        """Return `content` with every occurrence of the secret redacted."""
        # Latin-1 maps every byte to one character and back, so that no other byte changes.
        return self.redact(content.decode("latin-1")).encode("latin-1")


class KeyRing(Secret):
    """The keys of a contract with several security schemes, by the argument that took each.

    `shared` is the key for every scheme whose own key is missing. `reveal` returns the first key that is not
    empty.
    """

    __slots__ = ("_own_keys", "_shared")

    def __init__(self, own_keys: Mapping[str, Secret], shared: Secret) -> None:
        texts = [secret.reveal() for secret in (*own_keys.values(), shared)]
        super().__init__(next(filter(None, texts), ""))
        self._own_keys = dict(own_keys)
        self._shared = shared

    def key_of(self, argument: str) -> str:
        """Return the key that the client's `argument` took; empty if it took none."""
        return self._own_keys.get(argument, self._shared).reveal()

    def shared_key(self) -> str:
        """Return the key for schemes whose own key is missing; empty if there is none."""
        return self._shared.reveal()

    def redact(self, text: str) -> str:
        """Return `text`, which came from a server, with every occurrence of a key redacted."""
        for secret in (*self._own_keys.values(), self._shared):
            text = secret.redact(text)
        return text
