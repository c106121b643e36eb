"""The site that `./dev -s docs` has built: nothing is missing in it, and it asks no other host for anything.

Not named `test_*.py`: it reads build/site/, which the session `docs` builds before.
"""

import re
from pathlib import Path

import eigen_generate

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
# What a browser fetches by itself when it shows a page. Links that a reader may follow are not among it.
FETCHING_TAG = re.compile(r"<(?:script|img|iframe|link|source|audio|video)\b[^>]*>")
# A link that only says where a page is, or which is next, is not fetched.
NOT_FETCHED = re.compile(r'rel="(?:canonical|prev|next)"')
OTHER_HOST = re.compile(r'\b(?:src|href)="((?:https?:)?//[^"]+)"')


def test_every_public_name_is_in_the_reference() -> None:
    pages = "".join(path.read_text("utf-8") for path in sorted((SITE / "api").glob("*.html")))
    anchors = set(re.findall(r'id="([\w.]+)"', pages))
    names = {anchor.rpartition(".")[2] for anchor in anchors}
    assert set(eigen_generate.__all__) <= names, set(eigen_generate.__all__) - names


def test_every_method_is_in_the_reference() -> None:
    page = (SITE / "api" / "client.html").read_text("utf-8")
    for resource, methods in (
        ("images", ("generate", "edit")),
        ("audio", ("transcribe", "speak", "upload_voice")),
        ("videos", ("generate", "generate_and_wait", "status", "result", "wait")),
    ):
        for prefix in ("", "Async"):
            for method in methods:
                name = f"eigen_generate.resources.{resource}.{prefix}{resource.title()}Resource.{method}"
                assert f'id="{name}"' in page, name


def test_no_page_fetches_from_another_host() -> None:
    pages = sorted(SITE.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        tags = [tag for tag in FETCHING_TAG.findall(path.read_text("utf-8")) if not NOT_FETCHED.search(tag)]
        assert [url for tag in tags for url in OTHER_HOST.findall(tag)] == [], path.name


def test_the_text_for_agents_lists_the_guides_and_each_is_there() -> None:
    text = (SITE / "llms.txt").read_text("utf-8")
    listed = re.findall(r"\]\(https?://[^/]+/([^)]+)\)", text)
    assert len(listed) > 15
    assert {"start.md", "images.md", "errors.md", "api/client.md"} <= set(listed)
    for name in listed:
        assert len((SITE / name).read_text("utf-8")) > 200, name
    assert "EigenGenerate" in (SITE / "llms-full.txt").read_text("utf-8")


def test_the_contract_of_the_site_is_the_contract() -> None:
    assert (SITE / "openapi.yaml").read_bytes() == (ROOT / "openapi.yaml").read_bytes()
