"""The generator serves any document: its sources name no vendor, no host and no field of one."""

import re
from pathlib import Path

GENERATOR = Path(__file__).parents[2] / "generator"
# Services whose documents people build clients of; each has been looked at while the generator was written.
VENDORS = re.compile(
    r"\b(git(hub|lab)|stripe|spotify|twilio|plaid|asana|adyen|deepgram|openai|anthropic|cohere|eigen(ai)?|figma"
    r"|slack|box\.com|discord|superset|octokit)\b",
    re.IGNORECASE,
)
HOSTS = re.compile(r"https?://([\w.-]+)")
# Where rules and standards are published, which comments refer to, and names that are reserved for examples.
REFERENCES = re.compile(
    r"(.+\.)?(example\.com|example|invalid|ietf\.org|rfc-editor\.org|whatwg\.org|json-schema\.org|openapis\.org"
    r"|readthedocs\.io|sphinx-doc\.org|python\.org|w3\.org|semver\.org|mp4ra\.org|sapp\.org|cons\.org|apache\.org"
    r"|github\.github\.com)|127\.0\.0\.1|localhost"
)


def sources() -> dict[Path, str]:
    return {
        path: path.read_text(encoding="utf-8")
        for path in sorted(GENERATOR.rglob("*"))
        if path.suffix in (".py", ".jinja", ".json", ".md") and "__pycache__" not in path.parts
    }


def test_no_source_names_a_vendor() -> None:
    found = {
        f"{path.relative_to(GENERATOR)}: {line.strip()}"
        for path, text in sources().items()
        # `diff` writes comments for pull requests, in the Markdown of one host of them.
        if "diffing" not in path.parts
        for line in text.splitlines()
        if VENDORS.search(line)
    }
    assert found == set()


def test_no_source_names_a_host() -> None:
    found = {
        f"{path.relative_to(GENERATOR)}: {host}"
        for path, text in sources().items()
        for host in HOSTS.findall(text)
        if not REFERENCES.fullmatch(host)
    }
    assert found == set()
