"""What is deprecated warns at the line that calls, and says in docstrings and in `--help` what to use."""

import asyncio
import inspect
import subprocess
import sys
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire

FLAME = "is deprecated since 1.3.0: use heat. A flame of 1 is a heat of 100."


@pytest.fixture
def api(built: Projects) -> Api:
    wire = Wire()
    wire.reply(200, {"ticket": "7", "name": "soup", "state": "cooked"})
    return Api(built.load("deprecations", "kitchen"), "Kitchen", wire)


def line_of_caller() -> int:
    """Return the line of the caller's call."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def assert_warned(caught: list[warnings.WarningMessage], line: int, *messages: str) -> None:
    """Assert that each message was a warning at a line of this file, and that there was no other."""
    assert [str(warning.message) for warning in caught] == list(messages)
    for warning in caught:
        assert warning.category is DeprecationWarning
        assert (warning.filename, warning.lineno) == (__file__, line)


def test_a_property_warns_at_the_line_of_the_caller(api: Api) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.meals.cook(dish="soup", flame=3)
    assert_warned(caught, line, f"meals.cook(flame=) {FLAME}")
    assert api.wire.sent.json == {"dish": "soup", "flame": 3}


@pytest.mark.parametrize(
    "arguments", [{}, {"flame": None, "table": None, "photo": None}, {"heat": 2, "seat": "a"}]
)
def test_what_is_not_passed_does_not_warn(api: Api, arguments: dict[str, Any]) -> None:
    api.client.meals.cook(dish="soup", **arguments)  # a warning is an error here


@pytest.mark.parametrize(
    ("arguments", "notice"),
    [
        ({"table": "b"}, "meals.cook(table=) is deprecated since 1.3.0: use seat"),
        ({"spice": None}, "meals.cook(spice=) is deprecated"),
        (
            {"photo": b"\x89PNG\r\n\x1a\n"},
            "meals.cook(photo=) is deprecated since 1.3.0. Nobody looks at it: leave it out.",
        ),
    ],
)
def test_parameters_forms_and_null_warn(api: Api, arguments: dict[str, Any], notice: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.meals.cook(dish="soup", **arguments)
    assert_warned(caught, line, notice)


async def await_it(call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return await call()


async def make_task(call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return await asyncio.create_task(call())


async def gather_it(call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return await asyncio.gather(call(), asyncio.sleep(0))


@pytest.mark.parametrize("run", [await_it, make_task, gather_it])
def test_the_async_client_warns_where_it_is_called_whoever_runs_it(
    api: Api, run: Callable[[Callable[[], Coroutine[Any, Any, Any]]], Coroutine[Any, Any, Any]]
) -> None:
    line = line_of_caller() + 3

    def call() -> Coroutine[Any, Any, Any]:
        return api.async_client.meals.cook(dish="soup", flame=3)  # type: ignore[no-any-return]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.run(run(call))
    assert_warned(caught, line, f"meals.cook(flame=) {FLAME}")


def test_a_method_that_passes_its_arguments_on_warns_once(api: Api) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.meals.cook_and_wait(dish="soup", flame=3)
    assert_warned(caught, line, f"meals.cook_and_wait(flame=) {FLAME}")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        asyncio.run(api.async_client.meals.cook_and_wait(dish="soup", flame=3))
    assert_warned(caught, line, f"meals.cook_and_wait(flame=) {FLAME}")


def test_prepare_and_streaming_warn(api: Api) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.prepare.meals.cook(dish="soup", flame=3)
    assert_warned(caught, line, f"meals.cook(flame=) {FLAME}")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.streaming.meals.serve(dish="soup", flame=3).close()
    assert_warned(caught, line, f"meals.serve(flame=) {FLAME}")

    async def stream() -> int:
        line = line_of_caller() + 1
        await (await api.async_client.streaming.meals.serve(dish="soup", flame=3)).close()
        return line

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = asyncio.run(stream())
    assert_warned(caught, line, f"meals.serve(flame=) {FLAME}")


def test_a_method_warns_at_each_call(api: Api) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.meals.fry(dish="soup")
    notice = "meals.fry is deprecated since 1.2.0: use meals.cook. Pass `heat` in place of choosing a method."
    assert_warned(caught, line, notice)


def test_the_methods_of_a_deprecated_operation_warn(built: Projects, api: Api) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        api.client.meals.order(number=3)
    method_notice = "meals.order is deprecated since 1.4.0: use meals.cook"
    assert_warned(caught, line, method_notice, "meals.order(number=) is deprecated")
    order = built.load("deprecations", "kitchen.api.kitchen.order")
    body = built.load("deprecations", "kitchen.models").Order(number=3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = line_of_caller() + 1
        order.sync(client=api.client, body=body)
    assert_warned(caught, line, "POST /orders is deprecated since 1.4.0: use meals.cook")


def test_what_wraps_a_method_keeps_what_editors_and_frameworks_ask(api: Api) -> None:
    cook = api.client.meals.cook
    assert cook.__name__ == "cook"
    assert "flame" in inspect.signature(cook).parameters
    assert not inspect.iscoroutinefunction(cook)
    # Before Python 3.12 nothing but `async def` itself counts.
    assert inspect.iscoroutinefunction(api.async_client.meals.cook) == (sys.version_info >= (3, 12))


def test_docstrings_hold_the_directive_of_sphinx(api: Api) -> None:
    doc = inspect.getdoc(api.client.meals.cook) or ""
    flame = (
        "    flame: How high the flame is.\n\n"
        "        .. deprecated:: 1.3.0\n"
        "            Use `heat`. A flame of 1 is a heat of 100.\n"
    )
    assert flame in doc
    assert "    spice: Null is mild. Deprecated.\n" in doc
    assert "Fry a meal.\n\n.. deprecated:: 1.2.0\n    Use `meals.cook`." in (
        inspect.getdoc(api.client.meals.fry) or ""
    )


def test_help_says_what_is_deprecated(built: Projects) -> None:
    def help_of(command: str) -> str:
        words = [sys.executable, "-m", "kitchen", command, "--help"]
        project = built.build("deprecations")
        text = subprocess.run(words, cwd=project, capture_output=True, text=True, check=True).stdout
        return " ".join(text.replace("│", " ").split())

    cook = help_of("cook")
    assert "How high the flame is. Deprecated since 1.3.0: use --heat. A flame of 1 is a heat of 100." in cook
    assert "Where the guests sit. Deprecated since 1.3.0: use --seat." in cook
    assert "Cook a meal. ╭─ Common options" in cook
    assert "Fry a meal. Deprecated since 1.2.0: use `meals.cook`. Pass --heat" in help_of("fry")
