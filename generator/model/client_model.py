"""The client as a whole: its operations and their calls, its resources and their methods, its models."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from ..errors import GeneratorError, SeveralFaultsError
from ..loading.document import Document
from ..runtime.contract import Wait
from .calls import OperationCalls, describe_operation_calls, find_variants
from .contract_types import ContractTypes
from .generated_name import GeneratedName
from .methods import Method, PagesMethod, call_name, describe_method, result_annotation
from .operations import OperationSpec
from .pagination import find_item_type
from .sdk import MethodSpec, Sdk, WaitSpec
from .types import find_class_names, join_alternatives, list_alternatives


@frozen
class ClientModel:
    """What the client of a lowered document has. `operations` are by operationId."""

    document: Document
    sdk: Sdk
    operations: Mapping[str, OperationSpec]
    types: ContractTypes

    def check(self) -> None:
        """Raise SeveralFaultsError for the operations that cannot be sent, each at its own pointer."""
        faults: list[GeneratorError] = []
        for operation in self.operations.values():
            try:
                with self.document.locating_errors():
                    describe_operation_calls(self.document, self.sdk, operation, self.types)
            except GeneratorError as fault:
                faults.append(fault)
        if faults:
            raise SeveralFaultsError(faults)

    def operation_calls(self) -> list[OperationCalls]:
        """Return every operation with its calls."""
        return [
            describe_operation_calls(self.document, self.sdk, operation, self.types)
            for operation in self.operations.values()
        ]

    def methods(self, resource: str) -> list[Method]:
        """Return the methods of a resource, in the document's order."""
        return self._methods_by_resource.get(resource, [])

    def declared_methods(self, resource: str) -> list[Method]:
        """Return the methods of a resource that `x-sdk` names."""
        return [method for method in self.methods(resource) if not method.spec.is_default]

    @cached_property
    def _methods_by_resource(self) -> Mapping[str, list[Method]]:
        methods: dict[str, list[Method]] = {}
        for spec in self.sdk.methods:
            methods.setdefault(spec.resource, []).append(self.describe_method_of(spec))
        return methods

    def describe_method_of(self, spec: MethodSpec) -> Method:
        """Return a method as its specification and its operation describe it."""
        operation = self.operations[spec.operation_id]
        list_name = "builtins.list" if (spec.resource, "list") in self.sdk.method_names else "list"
        method = describe_method(
            self.document,
            self.sdk,
            operation,
            self.types.operations[operation.module],
            self.types.models,
            spec,
            find_variants(self.document, operation, self.types, spec),
            list_name=list_name,
        )
        if spec.pagination is None:
            return method
        item = find_item_type(operation, self.types, spec.pagination)
        names = {argument.python_name for argument in method.arguments}
        pages = PagesMethod(
            name=spec.pagination.name_method(spec.method),
            item=join_alternatives(list_alternatives(item, list_name=list_name)),
            class_names=find_class_names(item),
            max_argument="max_items" if "max_items" not in names else "max_items_in_all",
        )
        return evolve(method, pages=pages)

    def waits(self, resource: str) -> list[WaitSpec]:
        """Return the waiting methods of a resource."""
        return [wait for wait in self.sdk.waits if wait.resource == resource]

    def wait_after(self, method: Method) -> WaitSpec | None:
        """Return the wait for the job that a method starts, or None where `METHOD_and_wait` cannot be made.

        It is not made where the result is chosen by an argument, where the wait is another resource's, and
        where the specification uses its name or the names of its arguments itself.
        """
        resource = method.spec.resource
        wait = self.sdk.wait_for_job_of(method.spec)
        if wait is None or wait.resource != resource or method.selector:
            return None
        results = set(method.default_result_annotation.split(" | "))
        taken_names = {spec.method for spec in self.sdk.methods if spec.resource == resource}
        taken_names |= {other.method for other in self.waits(resource)}
        taken_names |= {argument.python_name for argument in method.arguments}
        added_names = {f"{method.name}_and_wait", "on_progress", "interval", "wait_timeout"}
        if taken_names & added_names or not results <= {wait.job, self.result_of(wait.result)}:
            return None
        return wait

    def wait_constant(self, wait: WaitSpec) -> Wait[Any]:
        """Return how to wait for a job, as a value of `runtime.contract`."""
        return Wait(
            status=self._name_call(wait.status),
            result=self._name_call(wait.result),
            parameters=wait.parameters,
            state=wait.state,
            done=wait.done,
            failed=wait.failed,
            message=wait.message,
            interval=float(wait.interval),
            timeout=float(wait.timeout),
        )

    def _name_call(self, operation_id: str) -> Any:
        """Return the name by which a module of resources knows the call of an operation's method."""
        module = self.operations[operation_id].module
        return GeneratedName(f"_{module}_calls.{call_name(self._find_method(operation_id))}")

    def result_of(self, operation_id: str) -> str:
        """Return the annotation of what the method of an operation returns."""
        return result_annotation(self._find_method(operation_id))

    def _find_method(self, operation_id: str) -> MethodSpec:
        """Return the first method that calls an operation. Raises GeneratorError if there is none."""
        for spec in self.sdk.methods:
            if spec.operation_id == operation_id:
                return spec
        problem = f"no method calls `{operation_id}`"
        raise self.document.error("/x-sdk/waits", problem, "give the operation an x-sdk")

    def file_properties_by_operation(self) -> dict[str, set[str]]:
        """Return the names of the properties that are files, by operationId."""
        return {
            calls.spec.id: {name for body in calls.bodies for name in body.files}
            for calls in self.operation_calls()
        }

    def call_modules(self, resource: str) -> list[str]:
        """Return the modules of `_calls` that a resource uses."""
        operation_ids = {spec.operation_id for spec in self.sdk.methods if spec.resource == resource}
        for wait in self.waits(resource):
            operation_ids |= {wait.status, wait.result}
        return sorted({self.operations[operation_id].module for operation_id in operation_ids})

    def class_names(self, resource: str) -> list[str]:
        """Return the models and choices that the methods of a resource name."""
        return sorted({name for method in self.methods(resource) for name in method.class_names})

    def declared_class_names(self, resource: str) -> list[str]:
        """Return the models and choices that the methods of `x-sdk` of a resource name."""
        return sorted({name for method in self.declared_methods(resource) for name in method.class_names})

    def declared_modules(self) -> list[str]:
        """Return the modules of `_calls` that the methods of `x-sdk` use, in the order of the operations."""
        operation_ids = {spec.operation_id for spec in self.sdk.methods if not spec.is_default}
        return [operation.module for operation in self.operations.values() if operation.id in operation_ids]
