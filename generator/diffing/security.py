"""Compares which credentials an operation asks for."""

import json
from typing import Any

from ..loading.json_data import escape, list_or_empty, object_or_empty
from .python_names import DocumentOperation, NameTiers
from .recorder import ChangeLocation, Recorder, Snapshot, locate_change

# The combinations of schemes that are accepted, each with the scopes of its schemes.
SecurityAlternatives = dict[frozenset[str], dict[str, list[str]]]
_NO_CREDENTIALS = frozenset[str]()
# The fields that decide how a key is sent. The description and `bearerFormat` are only notes to the reader.
_SCHEME_KEYS = ("type", "in", "name", "scheme", "openIdConnectUrl")
# Where a program gets a token. The scopes that exist are a text; those that an operation needs stand at it.
_FLOW_KEYS = ("authorizationUrl", "tokenUrl")


def _security_alternatives(snapshot: Snapshot, operation: DocumentOperation) -> SecurityAlternatives:
    """Return the security requirements of an operation; if it states none, those of the document."""
    requirements = operation.data.get("security", snapshot.document.data.get("security"))
    return {
        frozenset(object_or_empty(requirement)): dict(object_or_empty(requirement))
        for requirement in list_or_empty(requirements)
    }


def _requires_credentials(alternatives: SecurityAlternatives) -> bool:
    return bool(alternatives) and _NO_CREDENTIALS not in alternatives


def _security_location(recorder: Recorder, old: DocumentOperation, new: DocumentOperation) -> ChangeLocation:
    """Return the place of the requirements in the new or the old document: the operation or the root."""
    if "security" in new.data:
        return locate_change(f"{new.pointer}/security", in_new=True)
    if "security" in old.data:
        return locate_change(f"{old.pointer}/security", in_new=False)
    return locate_change("/security", in_new="security" in recorder.new.document.data)


def compare_security(recorder: Recorder, old: DocumentOperation, new: DocumentOperation) -> None:
    """Record what differs between the credentials that an operation asks for."""
    before, after = _security_alternatives(recorder.old, old), _security_alternatives(recorder.new, new)
    location = _security_location(recorder, old, new)
    name_tiers = ((new.raw_module,), new.names)
    if _requires_credentials(before) != _requires_credentials(after):
        change_kind = "security-added" if _requires_credentials(after) else "security-removed"
        recorder.record(change_kind, name_tiers, **location)
        return
    for combination in before.keys() - after.keys() - {_NO_CREDENTIALS}:
        recorder.record("security-alternative-removed", name_tiers, before=sorted(combination), **location)
    for combination in after.keys() - before.keys() - {_NO_CREDENTIALS}:
        recorder.record("security-alternative-added", name_tiers, after=sorted(combination), **location)
    for combination in before.keys() & after.keys():
        for scheme in combination:
            old_scopes, new_scopes = before[combination][scheme], after[combination][scheme]
            _compare_scopes(recorder, name_tiers, location, old_scopes, new_scopes)


def _compare_scopes(
    recorder: Recorder,
    name_tiers: NameTiers,
    location: ChangeLocation,
    old_scopes: list[str],
    new_scopes: list[str],
) -> None:
    for scope in sorted({*new_scopes} - {*old_scopes}):
        recorder.record("security-scope-added", name_tiers, after=scope, **location)
    for scope in sorted({*old_scopes} - {*new_scopes}):
        recorder.record("security-scope-removed", name_tiers, before=scope, **location)


def compare_security_schemes(recorder: Recorder) -> None:
    """Record the security schemes of both documents for which the key is sent in another way."""
    old_schemes, new_schemes = (
        object_or_empty(object_or_empty(snapshot.document.data.get("components")).get("securitySchemes"))
        for snapshot in (recorder.old, recorder.new)
    )
    for name in old_schemes.keys() & new_schemes.keys():
        before, after = _way_of_sending(old_schemes[name]), _way_of_sending(new_schemes[name])
        # A flow more leaves the others as they are.
        kept_flows = {key: flow for key, flow in after["flows"].items() if key in before["flows"]}
        # As text, because in Python 1 == True.
        if json.dumps(before, sort_keys=True) != json.dumps({**after, "flows": kept_flows}, sort_keys=True):
            recorder.record(
                "security-scheme-changed",
                ((f"{recorder.new.sdk.client}(api_key=)",),),
                new_pointer=f"/components/securitySchemes/{escape(name)}",
                before=before,
                after=after,
            )


def _way_of_sending(scheme: Any) -> dict[str, Any]:
    """Return the fields of a security scheme that decide how a key is had and sent."""
    fields = object_or_empty(scheme)
    flows = {
        name: {key: object_or_empty(flow)[key] for key in _FLOW_KEYS if key in object_or_empty(flow)}
        for name, flow in object_or_empty(fields.get("flows")).items()
    }
    return {**{key: fields[key] for key in _SCHEME_KEYS if key in fields}, "flows": flows}
