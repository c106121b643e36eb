"""What a client is called: the names of its distribution, its package and its class.

The command line names them, or `x-sdk`, or else they come from the title of the document, without the words
that say only that it describes an API: `The Pet Shop API v2` makes `pet-shop`, `pet_shop` and `PetShop`.
"""

import keyword
import re
from typing import Any

from attrs import frozen

from ..errors import GeneratorError
from ..names import CLASS_OVERRIDES, is_taken_package, shortened

# Words of a title that say nothing of the service. At least one other word must be left.
_NOISE = frozenset(
    {
        *(
            "api",
            "apis",
            "rest",
            "restful",
            "openapi",
            "swagger",
            "web",
            "http",
            "json",
            "public",
            "official",
        ),
        *("specification", "spec", "specs", "definition", "definitions", "description", "schema", "document"),
        *("documentation", "docs", "reference"),
    }
)
_VERSION = re.compile(r"v?\d+(\.\d+)*", re.IGNORECASE)
# Names that every client exports besides its own classes.
_EXPORTS = frozenset(
    {
        *("AsyncByteStream", "Attempt", "ByteStream", "Chunk", "ClientOptions", "FileInput", "Hooks"),
        *("Keepalive", "Limits", "Meta", "Options", "PreparedRequest", "Timeout", "UNSET", "Unset"),
    }
)


@frozen
class SdkNames:
    """The names of a client. Of those that the command line gives, an empty one is left to the contract."""

    distribution: str = ""
    package: str = ""
    client: str = ""

    def or_else(self, names: "SdkNames") -> "SdkNames":
        """Return these names, and those of `names` for the empty ones."""
        return SdkNames(
            self.distribution or names.distribution,
            self.package or names.package,
            self.client or names.client,
        )

    def check(self) -> None:
        """Raise GeneratorError, which names the option, for a name that cannot be used."""
        if self.distribution and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.distribution):
            _refuse(
                "--name", self.distribution, "write small letters and digits, with single hyphens between"
            )
        if self.package and not re.fullmatch(r"[a-z][a-z0-9_]*", self.package):
            _refuse("--package", self.package, "write small letters, digits and underscores, a letter first")
        if is_taken_package(self.package):
            _refuse("--package", self.package, "Python or a dependency has a package of that name")
        if self.client and not re.fullmatch(r"[A-Z][A-Za-z0-9]*", self.client):
            _refuse("--client", self.client, "write letters and digits, a capital letter first")
        if self.client and is_taken_client(self.client):
            _refuse("--client", self.client, "Python or every client has a class of that name")


def _refuse(option: str, name: str, hint: str) -> None:
    raise GeneratorError(f"{option}: `{name}` cannot be used", hint=hint)


def is_taken_client(name: str) -> bool:
    """Whether a client class of this name would hide another name that the client needs."""
    return name in _EXPORTS or name in CLASS_OVERRIDES or keyword.iskeyword(name)


def choose_names(names: SdkNames, x_sdk: dict[str, Any], title: str) -> SdkNames:
    """Return all names of a client: those of `names`, then of `x-sdk`, then of the title."""
    words = choose_title_words(title)
    distribution = names.distribution or x_sdk.get("distribution", "")
    package = names.package or x_sdk.get("package", "")
    if not package:
        package = _make_package_name(distribution.split("-") if distribution else words)
    client = names.client or x_sdk.get("client") or _make_client_name(words)
    return SdkNames(distribution or "-".join(package.split("_")), package, client)


def choose_title_words(title: str) -> list[str]:
    """Return the words of a title that name the service; all words if there are no others."""
    name = re.split(r"\s[-+|–—]\s|[:(,]", re.sub(r"['’]s\b", "", title))[0]  # noqa: RUF001 - dashes of titles
    words = re.findall(r"[A-Za-z0-9]+(?:\.[0-9]+)*", name)
    while words and (words[-1].lower() in _NOISE or _VERSION.fullmatch(words[-1])):
        words.pop()
    if words and words[0].lower() == "the":
        words = words[1:]
    return re.findall(r"[A-Za-z0-9]+", " ".join(words) or title) or ["api"]


def _make_package_name(words: list[str]) -> str:
    package = shortened(_prefix_digit("api_", "_".join(words).lower()))
    return f"{package}_api" if is_taken_package(package) else package


def _make_client_name(words: list[str]) -> str:
    name = _prefix_digit("Api", "".join(word[0].upper() + word[1:] for word in words))
    return f"{name}Client" if is_taken_client(name) else name


def _prefix_digit(prefix: str, name: str) -> str:
    """Return a name with a prefix if it begins with a digit, because a Python name cannot."""
    return prefix + name if name[0] in "0123456789" else name
