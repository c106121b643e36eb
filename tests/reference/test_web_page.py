"""The page at `/`: what it says of the contract, and who is shown the key. Chromium tests the rest."""

import asyncio
import copy
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from eigen_reference.answers.models import JOBS
from eigen_reference.app import create_app
from eigen_reference.contract import Contract
from eigen_reference.control import Control
from eigen_reference.engines.engines import Engines
from eigen_reference.web_page.serving import FILES, describe
from tests.reference.serving import KEY, Server

SPEC = Path(__file__).parents[2] / "openapi.yaml"
DESCRIPTION = "/_reference/page/description.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(SPEC.read_text("utf-8"), yaml.CSafeLoader)
    return loaded


def jobs_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    described = describe(Contract(document), has_control=False)
    return {job["name"]: job for job in described["jobs"]}


def fields_of(job: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in job["fields"]}


def ask(
    app: ASGIApp, path: str, *, host: str = "127.0.0.1:8080", peer: str = "127.0.0.1", **options: Any
) -> httpx.Response:
    """Ask as a browser at the address `peer` does that calls the server `host`."""

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(peer, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.request(options.pop("method", "GET"), path, **options)

    return asyncio.run(get())


def test_there_is_a_form_for_each_method_and_a_field_for_each_property(document: dict[str, Any]) -> None:
    jobs = jobs_of(document)
    operations = [node for item in document["paths"].values() for node in item.values()]
    methods = [sdk for node in operations for sdk in node["x-sdk"]["methods"]]
    assert [*jobs] == [f"{sdk['resource']}.{sdk['method']}" for sdk in methods]
    properties = document["components"]["schemas"]["Transcription"]["properties"]
    declared = {name for name, schema in properties.items() if schema is not False}
    assert set(fields_of(jobs["audio.transcribe"])) == declared


def test_a_new_property_is_a_new_field(document: dict[str, Any]) -> None:
    changed = copy.deepcopy(document)
    properties = changed["components"]["schemas"]["ImageGeneration"]["properties"]
    properties["mood"] = {"enum": ["calm", "wild"], "description": "How it feels."}
    properties["masks"] = {"type": "array", "items": {"type": "string", "contentMediaType": "image/png"}}
    properties["tags"] = {"type": "array", "items": {"type": "string"}}
    properties["extras"] = {"type": "object", "properties": {"deep": {"type": "integer", "maximum": 3}}}
    fields = fields_of(jobs_of(changed)["images.generate"])
    kinds = {name: fields[name]["kind"] for name in ("mood", "masks", "tags", "extras")}
    assert kinds == {"mood": "choice", "masks": "files", "tags": "list", "extras": "object"}
    assert fields["mood"]["examples"] == ("calm", "wild")
    (deep,) = fields["extras"]["fields"]
    assert (deep["name"], deep["kind"], deep["maximum"]) == ("deep", "integer", 3)


def test_a_contract_without_x_sdk_has_a_form_for_each_variant(document: dict[str, Any]) -> None:
    bare = copy.deepcopy(document)
    del bare["x-sdk"]
    for item in bare["paths"].values():
        for node in item.values():
            del node["x-sdk"]
    jobs = jobs_of(bare)
    assert {"ImageGeneration", "Speech", "Transcription", "VoiceUpload", "getStatus"} <= set(jobs)
    assert jobs["ImageGeneration"]["summary"] == "Image generation"
    assert all(job["python"] == "" for job in jobs.values())


def test_a_form_is_filled_in_so_that_it_can_be_sent_at_once(document: dict[str, Any], server: Server) -> None:
    jobs = jobs_of(document)
    for name in ("images.generate", "images.edit", "videos.generate"):
        job = jobs[name]
        assert "application/json" in job["media_types"]
        filled = {field["name"]: field["value"] for field in job["fields"] if field["value"] is not None}
        assert server.json(**filled).status_code == 200, filled


def test_what_is_needed_comes_first(document: dict[str, Any]) -> None:
    edit = jobs_of(document)["images.edit"]
    assert edit["one_of"] == ("image_file", "image", "images", "image_path")
    names = [field["name"] for field in edit["fields"]]
    assert names[:6] == ["model", "prompt", *edit["one_of"]]
    assert [field["name"] for field in edit["fields"] if field["is_required"]] == ["model", "prompt"]


def test_a_job_that_takes_long_says_whom_to_ask(document: dict[str, Any]) -> None:
    follow = jobs_of(document)["videos.generate"]["follow"]
    assert (follow["id"], follow["state"]) == ("/task_id", "/status")
    assert follow["status"] in document["paths"]
    assert follow["result"] in document["paths"]
    assert (follow["done"], follow["failed"]) == (("completed",), ("failed",))


def test_the_scripts_name_no_field_and_no_model(document: dict[str, Any]) -> None:
    fields = {field["name"] for job in jobs_of(document).values() for field in job["fields"]}
    # Words of HTML, of scripts and of our own description that are properties of the contract as well.
    words = fields - {"file", "image", "images", "text", "mode", "stream", "size", "model", "width"}
    scripts = "".join(path.read_text("utf-8") for path in sorted(FILES.glob("*.js")))
    assert {word for word in words if re.search(rf"['\"`.]{word}\b", scripts)} == set()
    assert not any(model in scripts for model in JOBS)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_the_page_loads_nothing_from_elsewhere(name: str) -> None:
    text = (FILES / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.[a-z]+/|\burl\([^)]|@import|\bon[a-z]+=|style=", text)
    assert "innerHTML" not in text


def test_its_policy_allows_nothing_but_its_own_files(engines: Engines) -> None:
    app = create_app(engines=engines)
    for path in ("/", DESCRIPTION, "/_reference/page/page.js", "/_reference/page/page.css"):
        response = ask(app, path)
        assert response.status_code == 200
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
    assert ask(app, "/_reference/page/page.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "name",
    ["no.js", "..%2fserving.py", "%2e%2e/serving.py", "__init__.py", "../app.py", "", "index.html/"],
)
def test_no_other_file_is_served(name: str, engines: Engines) -> None:
    assert ask(create_app(engines=engines), f"/_reference/page/{name}").status_code == 404


@pytest.mark.parametrize(
    ("key", "host", "peer", "shown"),
    [
        ("test-key", "127.0.0.1:8080", "127.0.0.1", "test-key"),
        ("test-key", "localhost:8080", "::1", "test-key"),
        ("test-key", "[::1]:8080", "::1", "test-key"),
        ("a-key-of-my-own", "127.0.0.1:8080", "127.0.0.1", None),
        ("test-key", "192.168.1.5:8080", "192.168.1.9", None),
        ("test-key", "127.0.0.1:8080", "192.168.1.9", None),
        ("test-key", "rebound.test:8080", "127.0.0.1", None),
        ("test-key", "127.0.0.1.evil.test", "127.0.0.1", None),
        ("test-key", "server.example.com", "127.0.0.1", None),
    ],
)
def test_only_a_browser_of_this_machine_is_shown_the_key_that_everybody_knows(
    key: str, host: str, peer: str, shown: str | None, engines: Engines
) -> None:
    app = create_app(api_key=key, engines=engines, control=Control())
    pages = [ask(app, path, host=host, peer=peer) for path in ("/", DESCRIPTION)]
    assert pages[1].json()["key"] == shown
    assert shown is not None or not any(key in page.text for page in pages)


@pytest.mark.parametrize("host", ["[::1", "[", "a]b", "[v1.x]", "", "@", "127.0.0.1@evil.test", "x" * 9000])
def test_a_host_that_cannot_be_read_is_not_this_machine(host: str, engines: Engines) -> None:
    answer = ask(create_app(engines=engines), DESCRIPTION, headers={"host": host})
    assert (answer.status_code, answer.json()["key"]) == (200, None)


def test_who_looks_at_the_page_is_not_in_the_journal(engines: Engines) -> None:
    control = Control()
    app = create_app(engines=engines, control=control)
    control.fault("status=503")
    for path in ("/", DESCRIPTION, "/_reference/page/page.css", "/_reference/requests", "/health", "/ready"):
        assert ask(app, path, headers=KEY).status_code == 200
    assert control.requests == []
    assert len(control.planted) == 1


def test_the_journal_is_asked_for_what_is_new(engines: Engines) -> None:
    control = Control()
    app = create_app(engines=engines, control=control)
    for number in range(3):
        ask(app, "/api/v1/generate", method="POST", headers=KEY, json={"model": "m", "seed": number})
    entries = ask(app, "/_reference/requests?after=2", headers=KEY).json()
    assert [entry["number"] for entry in entries] == [3]
    for wrong in ("-1", "x", "²", "9" * 30, ""):
        answer = ask(app, "/_reference/requests", params={"after": wrong}, headers=KEY)
        assert answer.status_code == 400
        assert "after" in answer.json()["error"]["message"]


def test_the_description_says_whether_there_is_a_journal(engines: Engines) -> None:
    without = ask(create_app(engines=engines), DESCRIPTION).json()
    assert (without["has_control"], without["faults"]) == (False, {})
    steered = ask(create_app(engines=engines, control=Control()), DESCRIPTION).json()
    assert steered["has_control"]
    assert {"reset", "status=N", "truncated-png"} <= set(steered["faults"])


def test_the_page_and_the_control_work_where_the_server_is_mounted(engines: Engines) -> None:
    control = Control()
    app = Starlette(routes=[Mount("/stand-in", create_app(engines=engines, control=control))])
    assert ask(app, "/stand-in/").status_code == 200
    assert ask(app, f"/stand-in{DESCRIPTION}").json()["has_control"]
    assert ask(app, "/stand-in/_reference/requests", headers=KEY).json() == []
    answer = ask(app, "/stand-in/api/v1/generate", method="POST", headers=KEY, json={"model": "m"})
    assert answer.status_code == 400
    (entry,) = control.requests
    assert entry.path == "/api/v1/generate"
    assert ask(app, "/stand-in/ready").status_code == 200
