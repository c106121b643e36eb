"""A judgement as one page that stands alone: no script, style, font or image is fetched from anywhere.

The page shows what a server said, so it is closed to it: every text is escaped, and the policy in its head
lets nothing run but the script whose hash it names. Nothing is shown or played but what stands in the page.
"""

import base64
import hashlib
from importlib.resources import files

from eigen_contract.report.bodies import BodyFiles
from eigen_contract.report.markup import Markup, element, joined
from eigen_contract.report.provenance import recorded, target_of
from eigen_contract.report.result import Result
from eigen_contract.report.sections.changes import changes
from eigen_contract.report.sections.coverage import coverage
from eigen_contract.report.sections.exchanges import ExchangeView
from eigen_contract.report.sections.findings import findings
from eigen_contract.report.sections.judged import judged
from eigen_contract.report.sections.latency import latency
from eigen_contract.report.sections.ledger import ledger
from eigen_contract.report.sections.summary import summary


def as_page(result: Result, files: BodyFiles) -> str:
    """Return the page.

    Args:
        files: names the files of bodies that lie beside the page.
    """
    style, script = asset("page.css"), asset("page.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{result.verdict}: eigen-contract against {target_of(result)}"),
        element("style", style),
    )
    page = element("html", head, body(result, files, script), lang="en")
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
        "img-src": "data:",
        "media-src": "data:",
        "script-src": f"'sha256-{digest}'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def body(result: Result, files: BodyFiles, script: str) -> Markup:
    sections = sections_of(result, files)
    links = [element("a", name.capitalize(), href=f"#{name}") for name in sections]
    theme = element("button", "Dark or light", type="button", id="theme")
    return element(
        "body",
        element("a", "Skip to the findings", href="#findings", class_="skip"),
        banner(result),
        element("nav", *links, theme, aria_label="Sections"),
        element("main", *sections.values()),
        element("script", Markup(script)),
    )


def sections_of(result: Result, files: BodyFiles) -> dict[str, Markup]:
    """Return the sections by their names, in the order of the page."""
    shown = {"summary": summary(result), "findings": findings(result, ExchangeView(files))}
    if result.trend.is_known:
        shown["changes"] = changes(result)
    return {
        **shown,
        "judged": judged(result),
        "latency": latency(result),
        "coverage": coverage(result),
        "ledger": ledger(result),
    }


def banner(result: Result) -> Markup:
    moment = element("time", recorded(result), datetime=recorded(result))
    what = joined(element("code", target_of(result)), " · ", moment)
    return element(
        "header",
        element("p", "eigen-contract", class_="eyebrow"),
        element("h1", "Clean" if not result.failing else result.verdict.capitalize()),
        element("p", what),
        class_="bad" if result.failing else "good",
    )
