"""Routes for the operations that this server does not imitate: their answers are made from the contract."""

from collections.abc import Awaitable, Callable, Iterator

from attrs import evolve
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .answers.contract_made import ContractAnswers
from .contract import Contract, Schema
from .problems import RequestError
from .service import MediaType, Service

Endpoint = Callable[[Request], Awaitable[Response]]
Read = Callable[[Request, Callable[[bytes], str]], Awaitable[str]]


def other_routes(
    service: Service,
    imitated: list[Route],
    guard: Callable[[Endpoint], Endpoint],
    read: Read,
) -> Iterator[Route]:
    """Yield a route for each operation of the contract that no engine does.

    Args:
        imitated: the routes that there are.
        guard: makes an endpoint ask for the key.
        read: reads the body of a request within the limits of the server, and judges it off the loop.
    """
    known = {(route.path, method) for route in imitated for method in route.methods or ()}
    for path, method, operation in service.contract.operations():
        has_body = "requestBody" in operation
        # What no schema by reference describes cannot be judged, and is not served.
        readable = not has_body or bool(service.contract.media_types(path, method))
        if (path, method) not in known and readable:
            endpoint = endpoint_of(service, path, method, operation, read)
            secured = operation.get("security", service.contract.document.get("security"))
            yield Route(path, guard(endpoint) if secured else endpoint, methods=[method])


def endpoint_of(
    service: Service,
    path: str,
    method: str,
    operation: Schema,
    read: Read,
) -> Endpoint:
    """Return the endpoint of one operation: it judges the request as every other, and answers."""
    accepted = service.contract.media_types(path, method)
    parameters = [service.contract.resolve(node) for node in operation.get("parameters", ())]
    answers = ContractAnswers(service.contract, operation)

    async def answer(request: Request) -> Response:
        for parameter in parameters:
            if parameter["in"] == "query" and parameter.get("required"):
                query_value(request, parameter["name"])
        if not accepted:
            return answers.answer()
        media_type = parse_type(request, accepted, operation)
        variant = await read(request, lambda body: service.variant(path, method, media_type, body))
        return answers.answer(variant)

    return answer


def parse_type(request: Request, accepted: tuple[str, ...], operation: Schema) -> MediaType:
    """Read the Content-Type. Raises RequestError: 415 where the operation documents that, else 400."""
    try:
        return MediaType.parse(request.headers.get("content-type", ""), accepted=accepted)
    except RequestError as error:
        raise error if str(error.status) in operation["responses"] else evolve(error, status=400) from None


def query_value(request: Request, name: str) -> str:
    """Return the one value of a parameter of the query. Raises RequestError."""
    found = request.query_params.getlist(name)
    if len(found) != 1:
        raise RequestError(
            400, "missing_parameter", f"the query needs one {name}, and has {len(found)}", name
        )
    return found[0]


def without_engine(contract: Contract, path: str, variant: str) -> Response:
    """Return the answer to a variant that no engine knows, of the operation that POSTs to a path."""
    return ContractAnswers(contract, contract.document["paths"][path]["post"]).answer(variant)
