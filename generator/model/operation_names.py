"""The name of the method that calls an operation, where `x-sdk` gives none.

The names are those that users of other clients know: `list`, `get`, `create`, `update` and `delete` for
what a resource is made of, and else the operationId in snake_case, without the words that the resource says
already:

| operationId | resource | method |
|---|---|---|
| `repos/list-commits` | `repos` | `list_commits` |
| `listPets`, `getPets` | `pets` | `list` |
| `getPetById`, `retrieve-a-pet` | `pets` | `get` |
| `getPetPhotos` | `pets` | `get_photos` |
| `findNearestVet` | `pets` | `find_nearest_vet` |

An operation without an operationId, or with one that only repeats its method and path, is named after its
path: `POST /pets/{id}/photos` is `create_photo`, and `POST /pets/{id}/feed` is `feed`.
"""

import keyword
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from ..names import identifier, shortened

_ARTICLES = frozenset({"a", "an", "the"})
# The names that verbs of an operationId have as methods, by HTTP method. `get` is also for `retrieve` and the
# like; `_standard_verb` makes it `list` where the noun is a plural.
_STANDARD_VERBS: Mapping[str, Mapping[str, str]] = {
    "get": {
        **dict.fromkeys(("get", "retrieve", "read", "show", "fetch", "find", "view", "describe"), "get"),
        **dict.fromkeys(("list", "index"), "list"),
    },
    "post": {
        **dict.fromkeys(("create", "add", "new", "insert", "post"), "create"),
        **dict.fromkeys(("update", "edit", "modify"), "update"),
    },
    "put": dict.fromkeys(("update", "edit", "modify", "put", "change"), "update"),
    "patch": dict.fromkeys(("update", "edit", "modify", "patch", "change"), "update"),
    "delete": dict.fromkeys(("delete", "remove", "destroy"), "delete"),
}
_VERBS = frozenset[str]().union(*_STANDARD_VERBS.values()) | {
    *("batch", "cancel", "check", "count", "download", "query", "replace", "search", "send", "set", "start"),
    *("stop", "upload", "upsert"),
}
# Verbs whose object may go where more words follow: `get_pet_photos` of `pets` gets photos, but
# `save_pet_owner` does not save an owner.
_NOUN_VERBS = _VERBS - {"add", "remove", "send", "set"}
# Segments of a path that say which API it is, and not what it is about: `v1`, `2010-04-01`, `api`.
_PREFIX_SEGMENT = re.compile(r"v?\d[\d.-]*(alpha|beta)?\d*|v\d\w*|api|rest", re.IGNORECASE)
_FILE_SUFFIX = re.compile(r"\.(json|xml)$", re.IGNORECASE)


@frozen
class PathShape:
    """What a path says: the words of each segment that is no parameter, and whether it ends in a parameter.

    `segments` are without version prefixes. `all_words` are the words of the whole path, parameters included,
    `words_without_version` the same without version prefixes. `length` is the number of segments.
    """

    segments: tuple[tuple[str, ...], ...]
    ends_in_parameter: bool
    all_words: tuple[str, ...]
    words_without_version: tuple[str, ...]
    length: int


def read_path(path: str) -> PathShape:
    """Return the shape of a path."""
    parts = [part for part in path.partition("#")[0].partition("?")[0].split("/") if part]
    named_parts = [part for part in parts if not _PREFIX_SEGMENT.fullmatch(part)]
    static_parts = [_FILE_SUFFIX.sub("", part) for part in named_parts if "{" not in part]
    return PathShape(
        segments=tuple(words for part in static_parts if (words := split_words(part))),
        ends_in_parameter=bool(parts) and _FILE_SUFFIX.sub("", parts[-1]).endswith("}"),
        all_words=tuple(word for part in parts for word in split_words(part)),
        words_without_version=tuple(word for part in named_parts for word in split_words(part)),
        length=len(parts),
    )


def split_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: they end at punctuation, and before a capital letter."""
    spaced = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return tuple(word.lower() for word in re.split(r"[\W_]+", spaced) if word)


def list_candidates(
    operation_id: str, http_method: str, path: PathShape, resource: Sequence[str], *, is_replaced: bool
) -> Iterator[str]:
    """Yield the names that the method of an operation may have, the best one first.

    `resource` are the words of its resource. `is_replaced` tells that the path has both PUT and PATCH, or one
    of them beside POST: then only PATCH is an update.
    """
    words = _without_path(split_words(operation_id), http_method, path)
    words = tuple(word for word in words if word not in _ARTICLES) or words
    if words:
        yield from _candidates_of_id(operation_id, words, http_method, path, resource)
    else:
        yield _name_by_path(http_method, path, resource, is_replaced=is_replaced)
    yield "_".join(split_words(operation_id))


def _without_path(words: tuple[str, ...], http_method: str, path: PathShape) -> tuple[str, ...]:
    """Return the words of an operationId without a copy of the path; none if they are method and path.

    Frameworks make such operationIds: `GetPetsPet`, or `read_pet_pets__pet_id__get` with the function first.
    """
    for path_words in (path.all_words, path.words_without_version):
        if words[:1] == (http_method,) and words[1:] == path_words:
            return ()
        suffix = (*path_words, http_method)
        if len(words) > len(suffix) and words[-len(suffix) :] == suffix:
            return words[: -len(suffix)]
    return words


def _candidates_of_id(
    operation_id: str, words: tuple[str, ...], http_method: str, path: PathShape, resource: Sequence[str]
) -> Iterator[str]:
    without_prefix = _without_prefix(operation_id, words, resource)
    if without_prefix:  # such as `repos/list-commits`: the rest is a name that its author chose
        if len(without_prefix) == 1:
            yield from _standard_verb(without_prefix[0], http_method, is_plural=False)
        yield "_".join(without_prefix)
        return
    verb, rest = words[0], words[1:]
    noun_length = _noun_length(rest, resource)
    if noun_length:
        is_plural = rest[noun_length - 1] != _singular(rest[noun_length - 1]) and not path.ends_in_parameter
        remaining = rest[noun_length:]
        if not remaining or (path.ends_in_parameter and remaining[0] == "by" and len(remaining) <= 3):
            yield from _standard_verb(verb, http_method, is_plural=is_plural)
        if not remaining or verb in _NOUN_VERBS:
            yield "_".join((verb, *remaining))
    yield "_".join(words)


def _without_prefix(operation_id: str, words: tuple[str, ...], resource: Sequence[str]) -> tuple[str, ...]:
    """Return what follows the resource's name in an operationId; nothing if it does not begin with it.

    The name ends at a separator of namespaces, as in `repos/list-commits`, or before a verb, as in
    `petsCreate`. So `inviteUser` stays as it is, even if the resource is named `invites`.
    """
    length = len(resource)
    if len(words) <= length or not _is_noun(words[:length], resource):
        return ()
    namespace = split_words(re.split(r"[/.:#]", operation_id)[0])
    return words[length:] if len(namespace) == length or words[length] in _VERBS else ()


def _noun_length(words: tuple[str, ...], resource: Sequence[str]) -> int:
    """Return how many of the first words name the resource: all of its words, or its last one."""
    for noun in (resource, resource[-1:]):
        if noun and _is_noun(words[: len(noun)], noun):
            return len(noun)
    return 0


def _is_noun(words: Sequence[str], noun: Sequence[str]) -> bool:
    """Whether words are a noun, in the singular or in the plural."""
    return bool(noun) and [*words[:-1], *map(_singular, words[-1:])] == [*noun[:-1], _singular(noun[-1])]


def _standard_verb(verb: str, http_method: str, *, is_plural: bool) -> Iterator[str]:
    name = _STANDARD_VERBS.get(http_method, {}).get(verb)
    if name is not None:
        yield "list" if name == "get" and is_plural else name


def _name_by_path(http_method: str, path: PathShape, resource: Sequence[str], *, is_replaced: bool) -> str:
    """Return a name made of method and path: what the resource is comes first and is left out."""
    own_segment = next((index for index, words in enumerate(path.segments) if _is_noun(words, resource)), 0)
    rest = path.segments[own_segment + 1 :]
    last_words = path.segments[-1] if path.segments else ()
    is_plural = bool(last_words) and last_words[-1] != _singular(last_words[-1])
    words = [word for segment in rest for word in segment]
    if http_method == "post" and not path.ends_in_parameter and rest and not is_plural:
        if len(last_words) == 1 and len(rest) > 1:  # such as `POST /pets/{id}/photos/{photo}/hide`
            words = [words[-1], *words[:-2], _singular(words[-2])]
        return "_".join(words)  # an action, such as `POST /pets/{id}/feed`
    verb = {"delete": "delete", "patch": "update", "put": "replace" if is_replaced else "update"}.get(
        http_method, http_method
    )
    if http_method == "get":
        verb = "list" if is_plural and not path.ends_in_parameter else "get"
    elif http_method == "post":
        verb = "create" if not path.ends_in_parameter else "post" if is_replaced else "update"
    if words and verb != "list" and (path.ends_in_parameter or verb == "create"):
        words[-1] = _singular(words[-1])
    return "_".join((verb, *words))


def _singular(word: str) -> str:
    """Return the singular of an English noun by its ending; another word may lose its last `s` as well."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(s|x|z|ch|sh)es$", word) and not word.endswith(("ses", "zes")):
        return word[:-2]
    if re.search(r"[^sui]s$", word) or word.endswith("ses"):
        return word[:-2] if word.endswith(("sses", "uses")) else word[:-1]
    return word


def _method_name(name: str) -> str:
    """Return the Python name of a method. Unlike a variable, it may have the name of a builtin."""
    python_name = identifier(shortened(name))
    plain_name = python_name.removesuffix("_")
    return python_name if keyword.iskeyword(plain_name) else plain_name


def free_name(candidates: Iterator[str], taken_names: Collection[str]) -> str:
    """Return the first candidate that is not taken, as a Python name; the last one gets a number else."""
    name = ""
    for candidate in candidates:
        name = _method_name(candidate)
        if name not in taken_names:
            return name
    number = 2
    while f"{name}_{number}" in taken_names:
        number += 1
    return f"{name}_{number}"
