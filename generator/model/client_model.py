"""Puts the surface together: constants of each operation, methods and waits of each resource."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ..errors import GeneratorError, SeveralFaultsError
from ..loading.document import Document
from ..names import identifier
from ..rendering import docstrings, raw_layer
from ..rendering.source import Constant, Name, share_parts, source
from ..runtime.contract import Wait
from .argument_groups import needs, required
from .arguments import RESERVED, body_argument, body_arguments, parameter_arguments
from .calls import body_plans, call_plan, is_object_variant, method_bodies, operation_plan
from .methods import Method, constant, method_doc, result_type, selector
from .operations import Endpoint, Variant
from .sdk import MethodSpec, Sdk, WaitSpec
from .types import argument_type


@frozen
class Constants:
    """The constants of one operation, for the module `_calls/<module>.py`."""

    endpoint: Endpoint
    operation: Any
    bodies: Any
    calls: list[Constant]


@frozen
class Surface:
    """The surface of a lowered document.

    `endpoints` are by operationId; `parsed` and `models` are what the tool made, by module and by class name.
    """

    document: Document
    sdk: Sdk
    endpoints: Mapping[str, Endpoint]
    parsed: Mapping[str, Any]
    models: Mapping[str, Any]

    def check(self) -> None:
        """Raise SeveralFaultsError for the operations that cannot be sent, each at its own pointer."""
        faults: list[GeneratorError] = []
        for endpoint in self.endpoints.values():
            try:
                with self.document.placing():
                    self._constants(endpoint)
            except GeneratorError as fault:
                faults.append(fault)
        if faults:
            raise SeveralFaultsError(faults)

    def constants(self) -> list[Constants]:
        """The constants of every operation."""
        return [self._constants(endpoint) for endpoint in self.endpoints.values()]

    def _constants(self, endpoint: Endpoint) -> Constants:
        calls: list[Constant] = []
        for spec in self.sdk.methods:
            if spec.operation_id == endpoint.id:
                calls += self._calls(endpoint, spec)
        bodies = body_plans(self.document, endpoint, endpoint.bodies)
        operation = operation_plan(self.document, endpoint)
        return Constants(
            endpoint, operation, bodies, list(share_parts(calls, {source(bodies): "RAW.bodies"}))
        )

    def _calls(self, endpoint: Endpoint, spec: MethodSpec) -> list[Constant]:
        name = constant(spec)
        bodies: Any = method_bodies(self.document, endpoint, spec)
        calls: list[Constant] = []
        variants = self._variants(spec, endpoint)
        checks = {
            "argument_groups": needs(spec, variants),
            "required": tuple(required(self.document, variants)),
        }
        plan = call_plan(self.sdk, spec, bodies, spec.results)._replace(**checks)
        calls.append(Constant(name, f"Call[{result_type(spec)}]", plan))
        selected = selector(self.sdk, spec)
        if selected is not None:
            plan = call_plan(self.sdk, spec, bodies, [selected.result])._replace(**checks)
            calls.append(Constant(selected.constant, f"Call[{selected.result}]", plan))
        return calls

    def methods(self, resource: str) -> list[Method]:
        """The methods of one resource, in the document's order."""
        return [self._method(spec) for spec in self.sdk.methods if spec.resource == resource]

    def _method(self, spec: MethodSpec) -> Method:
        endpoint = self.endpoints[spec.operation_id]
        variants = self._variants(spec, endpoint)
        parsed = self.parsed[endpoint.module]
        whole = bool(endpoint.bodies) and not (variants and all(map(is_object_variant, variants)))
        if whole:
            arguments = [body_argument(endpoint, parsed)]
        else:
            arguments = body_arguments(self.document, variants, self.models)
        taken = (*RESERVED, *(argument.python_name for argument in arguments))
        parameters = parameter_arguments(endpoint, parsed, taken, argument_type)
        rules = list(
            dict.fromkeys(text for variant in variants[:1] for text in docstrings.groups(variant.schema))
        )
        rules += [f"No two of these go together: `{'`, `'.join(names)}`." for names in spec.exclusive]
        route = f"{endpoint.method.upper()} {endpoint.path}"
        everything, name = [*parameters, *arguments], f"{spec.resource}.{spec.method}"
        return Method(
            name=spec.method,
            module=endpoint.module,
            constant=constant(spec),
            arguments=arguments,
            parameters=parameters,
            fields=raw_layer.body_values(endpoint) if whole else None,
            has_body=bool(endpoint.bodies) and not whole,
            result=result_type(spec),
            summary=spec.summary,
            doc=method_doc(self.sdk, spec, spec.summary, route, rules, everything),
            prepare_doc=method_doc(
                self.sdk, spec, f"Make the request of `{name}` and do not send it.", route, rules, everything
            ),
            streaming_doc=method_doc(
                self.sdk, spec, f"Return the answer of `{name}` as it arrives.", route, rules, everything
            ),
            selector=selector(self.sdk, spec),
        )

    def _variants(self, spec: MethodSpec, endpoint: Endpoint) -> list[Variant]:
        found = {variant.name: variant for variants in endpoint.bodies.values() for variant in variants}
        for name in spec.variants:
            if name not in found:
                what = f"`{name}` is a variant of `{spec.resource}.{spec.method}`, and no body may hold it"
                raise self.document.error(
                    f"{endpoint.pointer}/requestBody", what, "put it under a oneOf of the body"
                )
        return [found[name] for name in spec.variants]

    def waits(self, resource: str) -> list[WaitSpec]:
        """The waiting methods of one resource."""
        return [wait for wait in self.sdk.waits if wait.resource == resource]

    def method_of(self, operation_id: str) -> MethodSpec:
        """The method that calls an operation, for waits."""
        for spec in self.sdk.methods:
            if spec.operation_id == operation_id:
                return spec
        raise self.document.error(
            "/x-sdk/waits", f"no method calls `{operation_id}`", "give the operation an x-sdk"
        )

    def wait_plan(self, wait: WaitSpec) -> Any:
        """How to wait, in the runtime's words."""
        return Wait(
            status=self._call(wait.status),
            result=self._call(wait.result),
            parameters=wait.parameters,
            state=wait.state,
            done=wait.done,
            failed=wait.failed,
            message=wait.message,
            interval=float(wait.interval),
            timeout=float(wait.timeout),
        )

    def _call(self, operation_id: str) -> Any:
        return Name(f"_{self.endpoints[operation_id].module}_calls.{constant(self.method_of(operation_id))}")

    def result_of(self, operation_id: str) -> str:
        """The type that the method of an operation returns."""
        return result_type(self.method_of(operation_id))

    def kept(self, wait: WaitSpec) -> list[str]:
        """Members of the request that a wait needs, and a bare id lacks."""
        return [name for name in dict.fromkeys(wait.parameters.values()) if name != "id"]

    def wait_doc(self, wait: WaitSpec) -> str:
        """The docstring of a waiting method."""
        kept = [
            (identifier(name), "As in the request; only needed if `job` is a bare id.")
            for name in self.kept(wait)
        ]
        return docstrings.docstring(
            wait.description,
            [],
            [
                (
                    "Args",
                    [
                        ("job", "The job, or its id."),
                        *kept,
                        ("on_progress", "Called with every answer about the job's state."),
                        ("interval", f"Seconds between two questions, {wait.interval:g} by default."),
                        ("timeout", f"Seconds after which to give up, {wait.timeout:g} by default."),
                    ],
                ),
                (
                    "Raises",
                    [
                        ("JobFailedError", "The job failed."),
                        ("JobTimeoutError", "It was not done in time; it goes on at the server."),
                    ],
                ),
            ],
        )

    def files(self) -> dict[str, set[str]]:
        """The members of each operation's bodies that are files."""
        return {
            constants.endpoint.id: {name for body in constants.bodies for name in body.files}
            for constants in self.constants()
        }

    def modules(self, resource: str) -> list[str]:
        """The modules of constants that a resource uses."""
        ids = [spec.operation_id for spec in self.sdk.methods if spec.resource == resource]
        ids += [operation_id for wait in self.waits(resource) for operation_id in (wait.status, wait.result)]
        return sorted({self.endpoints[operation_id].module for operation_id in ids})

    def model_names(self, resource: str) -> list[str]:
        """Models that the methods of a resource name."""
        return sorted({name for method in self.methods(resource) for name in method.model_names})
