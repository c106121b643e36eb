"""A judgement as one page that stands alone: no script, style, font or image is fetched from anywhere.

The page shows what a server said, so it is closed to it: every text is escaped, and the policy in its head
lets nothing run but the script whose hash it names.
"""

import base64
import hashlib
from importlib.resources import files

from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.result import Result
from eigen_contract.report.sections import coverage, findings, ledger, summary

SECTIONS = ("summary", "findings", "coverage", "ledger")


def as_page(result: Result) -> str:
    """Return the page."""
    style, script = asset("page.css"), asset("page.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{result.verdict}: eigen-contract against {result.judgement.target}"),
        element("style", style),
    )
    page = element("html", head, body(result, script), lang="en")
    return f"<!doctype html>\n{page}\n"


def asset(name: str) -> Markup:
    """Read a style or a script that lies beside this module."""
    return Markup(files("eigen_contract.report").joinpath(name).read_text("utf-8"))


def policy(script: str) -> str:
    """Return the content security policy: nothing from elsewhere, and only this script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "style-src": "'unsafe-inline'",
        "script-src": f"'sha256-{digest}'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def body(result: Result, script: str) -> Markup:
    links = [element("a", name.capitalize(), href=f"#{name}") for name in SECTIONS]
    theme = element("button", "Dark or light", type="button", id="theme")
    return element(
        "body",
        element("a", "Skip to the findings", href="#findings", class_="skip"),
        banner(result),
        element("nav", *links, theme, aria_label="Sections"),
        element("main", *(section(result) for section in (summary, findings, coverage, ledger))),
        element("script", Markup(script)),
    )


def banner(result: Result) -> Markup:
    judgement = result.judgement
    what = f"target {judgement.target} · origin {judgement.origin} · seed {judgement.seed} · spec "
    return element(
        "header",
        element("p", "eigen-contract", class_="eyebrow"),
        element("h1", "Clean" if not result.failing else result.verdict.capitalize()),
        element("p", joined(what, element("code", judgement.spec_sha256[:12]))),
        class_="bad" if result.failing else "good",
    )
