"""A program that is traced, with everything that a tracer records kept in memory and printed.

`python -m tests.programs.tracing TRACER KIND URL`: the tracer is `opentelemetry` or `sentry`, the kind `sync`
or `async`. It makes a call with a secret prompt, and one with the key in the query, and prints a JSON object.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import sentry_sdk
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from tests.runtime.calls import PAINT, SETTINGS
from tests.runtime.test_key_in_query import LIST

FIELDS = {"model": "m", "prompt": "a secret prompt"}


def make_calls(kind: str, url: str) -> None:
    if kind == "sync":
        core = Core(SETTINGS, api_key="test-key", base_url=url)
        core.call(PAINT, FIELDS)
        core.call(LIST, {})
        core.close()
        return

    async def make_async_calls() -> None:
        core = AsyncCore(SETTINGS, api_key="test-key", base_url=url)
        await core.call(PAINT, FIELDS)
        await core.call(LIST, {})
        await core.close()

    asyncio.run(make_async_calls())


def opentelemetry(work: Callable[[], None]) -> dict[str, Any]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    work()
    spans = exporter.get_finished_spans()
    attempts = [dict(span.attributes or {}) for span in spans]
    return {"attempts": attempts, "recorded": [span.to_json() for span in spans]}


class Memory(Transport):
    """Keeps what would be sent to Sentry."""

    def __init__(self) -> None:
        super().__init__()
        self.envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)


def sentry(work: Callable[[], None]) -> dict[str, Any]:
    memory = Memory()
    sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", traces_sample_rate=1.0, transport=memory)
    with sentry_sdk.start_transaction(name="program"):
        work()
        sentry_sdk.capture_message("an event, with the breadcrumbs so far")
    sentry_sdk.flush()
    items: list[Any] = [item.payload.json for envelope in memory.envelopes for item in envelope.items]
    spans: list[Any] = [span for item in items for span in item.get("spans", ())]
    breadcrumbs: list[Any] = [
        breadcrumb
        for item in items
        if item.get("message")
        for breadcrumb in item["breadcrumbs"]["values"]
        if breadcrumb["type"] == "http"
    ]
    recorded = [envelope.serialize().decode("utf-8", "replace") for envelope in memory.envelopes]
    return {
        "attempts": [span["data"] for span in spans if span["op"] == "http.client"],
        "breadcrumbs": [breadcrumb["data"] for breadcrumb in breadcrumbs],
        "recorded": recorded,
    }


def main(tracer: str, kind: str, url: str) -> None:
    trace = {"opentelemetry": opentelemetry, "sentry": sentry}[tracer]
    print(json.dumps(trace(lambda: make_calls(kind, url))))


if __name__ == "__main__":
    main(*sys.argv[1:])
