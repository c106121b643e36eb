"""The jobs of the contract as the page shows them: one for each method of the SDK, else for each variant."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import field, frozen

from ..contract import Contract, Schema
from .fields import Field, choices_of, field_of, fields_of_variants

JSON, FORM = "application/json", "multipart/form-data"


@frozen
class Follow:
    """How a job that takes long is waited for: whom to ask, what to send, and when it is over."""

    id: str
    """JSON pointer of the job's id in the first answer."""
    status: str
    result: str
    """Paths to ask for the state, and for the result."""
    query: dict[str, str]
    """Parameters by name; a value is `id`, or the field of the request that is sent again."""
    state: str
    done: tuple[str, ...]
    failed: tuple[str, ...]


@frozen
class Job:
    """One form of the page."""

    name: str
    summary: str
    method: str
    path: str
    media_types: tuple[str, ...]
    fields: tuple[Field, ...]
    in_query: bool = False
    """Whether the fields are parameters of the query."""
    one_of: tuple[str, ...] = ()
    """Fields of which at least one is needed."""
    exclusive: tuple[tuple[str, ...], ...] = ()
    """Fields that exclude each other."""
    base64: tuple[str, ...] = ()
    """JSON pointers of media in an answer."""
    python: str = ""
    """The method of the client, such as `images.generate`; empty if the contract names none."""
    kind: str = ""
    """What that method returns: `media`, `text`, `job`, `record`; empty if it names none."""
    wait: str = ""
    """The method of the client that waits for a job."""
    overloads: tuple[dict[str, Any], ...] = ()
    """Values of a field that make the method return a stream."""
    follow: Follow | None = None
    stream: dict[str, Any] = field(factory=dict[str, Any])
    """How the events of a stream carry sound, in the words of `x-sdk`."""


def jobs_of(contract: Contract) -> list[Job]:
    """Return the jobs of all operations that the server can be asked for, in the contract's order."""
    jobs = [
        job for path, method, node in contract.operations() for job in _jobs(contract, path, method, node)
    ]
    return [job for job in jobs if job.media_types or job.in_query]


def _jobs(contract: Contract, path: str, method: str, operation: Schema) -> Iterator[Job]:
    methods: list[Schema] = list(operation.get("x-sdk", {}).get("methods", ()))
    if "requestBody" not in operation:
        methods = methods or [{"method": operation.get("operationId", path)}]
        yield from (_query_job(contract, path, method, operation, sdk) for sdk in methods)
        return
    bodies = {media: _variants(contract, path, method, media) for media in contract.media_types(path, method)}
    names = list(dict.fromkeys(name for variants in bodies.values() for name in variants))
    for sdk in methods or [{"method": name, "variants": [name]} for name in names]:
        variants = [name for name in sdk.get("variants", names) if name in names]
        if variants:
            yield _body_job(contract, (path, method), operation, sdk, variants, bodies)


def _body_job(
    contract: Contract,
    where: tuple[str, str],
    operation: Schema,
    sdk: Schema,
    variants: list[str],
    bodies: dict[str, list[str]],
) -> Job:
    path, method = where
    fields = fields_of_variants(contract, variants, _example(contract, operation, variants))
    titles = [str(contract.component(name).get("title", name)) for name in variants]
    return Job(
        **_common(contract, sdk, titles[0]),
        method=method,
        path=path,
        media_types=tuple(media for media in (JSON, FORM) if set(variants) & set(bodies.get(media, ()))),
        fields=tuple(fields),
        one_of=tuple(choices_of(contract, variants)),
        exclusive=tuple(tuple(group) for group in sdk.get("exclusive", ())),
    )


def _query_job(contract: Contract, path: str, method: str, operation: Schema, sdk: Schema) -> Job:
    parameters = [contract.resolve(node) for node in operation.get("parameters", ())]
    fields = [
        field_of(
            contract,
            str(node["name"]),
            {**node.get("schema", {}), "description": node.get("description", "")}
            | ({"examples": [node["example"]]} if "example" in node else {}),
            bool(node.get("required")),
        )
        for node in parameters
        if node.get("in") == "query"
    ]
    title = str(operation.get("summary", path))
    common = _common(contract, sdk, title)
    return Job(**common, method=method, path=path, media_types=(), fields=tuple(fields), in_query=True)


def _common(contract: Contract, sdk: Schema, title: str) -> dict[str, Any]:
    """Return what `x-sdk` says about a method and its results."""
    described: Schema = contract.document.get("x-sdk", {})
    results: Schema = described.get("results", {})
    named = [results[name] for name in sdk.get("results", ()) if name in results]
    name = ".".join(filter(None, [sdk.get("resource", ""), sdk["method"]]))
    overloads = tuple(dict(overload) for overload in sdk.get("overloads", ()))
    streams = [results[overload["result"]] for overload in overloads if overload.get("result") in results]
    wait = next((it for it in described.get("waits", ()) if it.get("job") in sdk.get("results", ())), None)
    return {
        "name": name,
        "summary": str(sdk.get("summary", title)).strip().removesuffix("."),
        "base64": tuple(pointer for result in named for pointer in result.get("base64", ())),
        "python": name if "resource" in sdk else "",
        "kind": str(named[0].get("kind", "")) if named else "",
        "wait": f"{wait['resource']}.{wait['method']}" if wait else "",
        "overloads": overloads,
        "follow": _follow(contract, results, wait) if wait else None,
        "stream": dict(streams[0]) if streams else {},
    }


def _follow(contract: Contract, results: Schema, wait: Schema) -> Follow | None:
    paths = {str(node.get("operationId")): path for path, _, node in contract.operations()}
    if wait.get("status") not in paths or wait.get("result") not in paths:
        return None
    return Follow(
        id=str(results[wait["job"]]["id"]["pointer"]),
        status=paths[wait["status"]],
        result=paths[wait["result"]],
        query=dict(wait.get("parameters", {})),
        state=str(wait["state"]),
        done=tuple(wait.get("done", ())),
        failed=tuple(wait.get("failed", ())),
    )


def _variants(contract: Contract, path: str, method: str, media_type: str) -> list[str]:
    """Return the names of what a body may be; of one that is merely a choice of others, their names too."""
    schema: Schema = contract.document["paths"][path][method.lower()]["requestBody"]["content"][media_type][
        "schema"
    ]
    return list(_named(contract, schema.get("oneOf", [schema])))


def _named(contract: Contract, options: Sequence[Schema]) -> Iterator[str]:
    for option in options:
        if "$ref" in option:
            yield str(option["$ref"]).rpartition("/")[2]
            component = contract.resolve(option)
            if "properties" not in component:
                yield from _named(contract, [*component.get("oneOf", ()), *component.get("anyOf", ())])


def _example(contract: Contract, operation: Schema, variants: Sequence[str]) -> Schema:
    """Return the first named example of an operation that is one of these variants, if there is one."""
    for content in operation["requestBody"]["content"].values():
        for example in content.get("examples", {}).values():
            value = example.get("value")
            if any(contract.validator(variant).is_valid(value) for variant in variants):
                return dict(value)
    return {}
