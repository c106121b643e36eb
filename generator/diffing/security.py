"""Compares what credentials an operation asks for."""

import json
from typing import Any

from ..spec import as_list, as_object, escape
from .names import Operation
from .recorder import Edition, Recorder, Where, where

Alternatives = dict[frozenset[str], dict[str, list[str]]]


def _alternatives(edition: Edition, operation: Operation) -> Alternatives:
    """Each combination of schemes that is enough, with its scopes."""
    given = operation.data.get("security", edition.document.data.get("security"))
    return {frozenset(as_object(one)): dict(as_object(one)) for one in as_list(given)}


def _where(recorder: Recorder, old: Operation, new: Operation) -> Where:
    """The place of what is said now, of the operation or of all; of what was said if nothing is."""
    if "security" in new.data:
        return Where(new=f"{new.pointer}/security")
    if "security" in old.data:
        return Where(old=f"{old.pointer}/security")
    return where("/security", new="security" in recorder.new.document.data)


def compare_security(recorder: Recorder, old: Operation, new: Operation) -> None:
    """Record what differs between the credentials that an operation asks for."""
    before, after = _alternatives(recorder.old, old), _alternatives(recorder.new, new)
    at = _where(recorder, old, new)
    tiers = ((new.raw,), new.names)
    needed = [bool(given) and frozenset[str]() not in given for given in (before, after)]
    if needed[0] != needed[1]:
        recorder.record("security-added" if needed[1] else "security-removed", tiers, **at)
        return
    for combination in before.keys() - after.keys() - {frozenset()}:
        recorder.record("security-alternative-removed", tiers, before=sorted(combination), **at)
    for combination in after.keys() - before.keys() - {frozenset()}:
        recorder.record("security-alternative-added", tiers, after=sorted(combination), **at)
    for combination in before.keys() & after.keys():
        for scheme in combination:
            _compare_scopes(recorder, tiers, at, before[combination][scheme], after[combination][scheme])


def _compare_scopes(recorder: Recorder, tiers: Any, at: Where, old: list[str], new: list[str]) -> None:
    for scope in sorted({*new} - {*old}):
        recorder.record("security-scope-added", tiers, after=scope, **at)
    for scope in sorted({*old} - {*new}):
        recorder.record("security-scope-removed", tiers, before=scope, **at)


def compare_schemes(recorder: Recorder) -> None:
    """Record schemes of one name that ask for the key in another way."""
    old, new = (
        as_object(as_object(edition.document.data.get("components")).get("securitySchemes"))
        for edition in (recorder.old, recorder.new)
    )
    for name in old.keys() & new.keys():
        one, other = (_matter(as_object(given[name])) for given in (old, new))
        if one != other:
            recorder.record(
                "security-scheme-changed",
                ((f"{recorder.new.sdk.client}(api_key=)",),),
                new=f"/components/securitySchemes/{escape(name)}",
                before=json.loads(one),
                after=json.loads(other),
            )


def _matter(scheme: dict[str, Any]) -> str:
    """What decides how a key is sent; not its description, nor what a token is called."""
    said = {
        key: scheme[key]
        for key in ("type", "in", "name", "scheme", "flows", "openIdConnectUrl")
        if key in scheme
    }
    return json.dumps(said, sort_keys=True)
