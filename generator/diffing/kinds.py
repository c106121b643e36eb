"""The catalogue of changes: a stable slug, its severity for callers, and the reason.

A schema is judged by its direction. A new contract may accept more values in requests and may return fewer
values in responses. Anything else can break a program that worked.
"""

from attrs import frozen

from .change import Severity

_BREAKING, _ADDITIVE, _DOCUMENTATION = Severity.BREAKING, Severity.ADDITIVE, Severity.DOCUMENTATION
_Meaning = tuple[Severity, str]  # the severity of a kind of change, and the reason


@frozen
class ChangeKind:
    """How severe a kind of change is for callers, and why, in one sentence."""

    severity: Severity
    why: str


UNANNOUNCED = (
    "Breaking twice over: no release has marked it as deprecated first, so callers had no time to change."
)
"""What the reports add about a removal that no release has announced."""

_REMOVED = "The client no longer has it; programs that use it fail."
_ADDED = "Everything that existed stays as it is."
_ONLY_TEXTS = "Only texts change."
_DEPRECATED = "It still works; a later version may remove it."
_RESTORED = "It is no longer deprecated."
_SENT_DIFFERENTLY = "The client sends it in the new form; calls stay as they are."

# Changes of a schema. The first meaning is for schemas that are sent, the second for schemas that are
# received.
_SCHEMA_KINDS: dict[str, tuple[_Meaning, _Meaning]] = {
    "model-renamed": ((_BREAKING, _REMOVED), (_BREAKING, _REMOVED)),
    "property-added": ((_ADDITIVE, "It is optional; calls work as before."), (_ADDITIVE, _ADDED)),
    "required-property-added": ((_BREAKING, "The server rejects calls without it."), (_ADDITIVE, _ADDED)),
    "property-removed": (
        (_BREAKING, "Calls that pass it fail: the argument no longer exists."),
        (_BREAKING, _REMOVED),
    ),
    "property-renamed": ((_BREAKING, "Calls that pass it under its old name fail."), (_BREAKING, _REMOVED)),
    "property-became-required": (
        (_BREAKING, "The server rejects calls without it."),
        (_ADDITIVE, "A value that could be missing is now always present."),
    ),
    "property-became-optional": (
        (_ADDITIVE, "Calls that pass it work as before."),
        (_BREAKING, "Programs that rely on it may find it missing."),
    ),
    "property-forbidden": (
        (_DOCUMENTATION, "It was never an argument; only `extra` could send it."),
        (_ADDITIVE, _ADDED),
    ),
    "property-allowed": (
        (_DOCUMENTATION, "It is not an argument; only `extra` can send it."),
        (_ADDITIVE, _ADDED),
    ),
    "additional-properties-closed": (
        (_BREAKING, "The server rejects unknown properties, which `extra` sends."),
        (_BREAKING, "The model loses `additional_properties`."),
    ),
    "additional-properties-opened": (
        (_ADDITIVE, "More properties are accepted than before."),
        (_ADDITIVE, "Answers may have more properties; the known ones stay."),
    ),
    "type-widened": (
        (_ADDITIVE, "Every value that was accepted still is."),
        (_BREAKING, "Programs may receive a type that was impossible before."),
    ),
    "type-narrowed": (
        (_BREAKING, "The server rejects values of a type that it accepted before."),
        (_ADDITIVE, "Programs that handle more cases still work."),
    ),
    "type-changed": (
        (_BREAKING, "The server rejects values that it accepted before."),
        (_BREAKING, "Programs receive another type than before."),
    ),
    "became-nullable": (
        (_ADDITIVE, "Null is accepted too."),
        (_BREAKING, "Programs may receive None where there was always a value."),
    ),
    "no-longer-nullable": (
        (_BREAKING, "The server rejects null."),
        (_ADDITIVE, "There is always a value where None was possible."),
    ),
    "value-added": (
        (_ADDITIVE, "One more value is accepted."),
        (_BREAKING, "Programs may receive a value that was not in the closed list."),
    ),
    "value-removed": (
        (_BREAKING, "The server rejects calls with this value."),
        (_ADDITIVE, "One value is no longer returned."),
    ),
    "known-value-added": (
        (_ADDITIVE, "Any text was accepted before."),
        (_ADDITIVE, "Any text was possible before."),
    ),
    "known-value-removed": (
        (_DOCUMENTATION, "Any text is still accepted."),
        (_DOCUMENTATION, "Any text was possible, and still is."),
    ),
    "const-changed": (
        (_BREAKING, "The server rejects the old value."),
        (_BREAKING, "Programs that look for the old value do not find it."),
    ),
    "values-restricted": (
        (_BREAKING, "The server rejects values outside the list."),
        (_ADDITIVE, "Only listed values are returned."),
    ),
    "values-unrestricted": (
        (_ADDITIVE, "Any value is accepted."),
        (_BREAKING, "Programs may receive values that no list names."),
    ),
    "values-opened": (
        (_ADDITIVE, "Values outside the list are accepted too."),
        (_BREAKING, "Programs may receive values outside the list."),
    ),
    "values-closed": (
        (_BREAKING, "The server rejects values outside the list."),
        (_ADDITIVE, "Only listed values are returned."),
    ),
    "format-changed": (
        (_BREAKING, "The argument has another Python type."),
        (_BREAKING, "The value has another Python type."),
    ),
    "format-note-changed": (
        (_DOCUMENTATION, "The Python type is the same."),
        (_DOCUMENTATION, "The Python type is the same."),
    ),
    "content-changed": (
        (_BREAKING, "Calls must pass its bytes or text in another form."),
        (_BREAKING, "Its bytes or text are returned in another form."),
    ),
    "constraint-tightened": (
        (_BREAKING, "The server rejects values that it accepted before."),
        (_ADDITIVE, "Fewer values are possible than before."),
    ),
    "constraint-loosened": (
        (_ADDITIVE, "Every value that was accepted still is."),
        (_BREAKING, "Programs may receive values that were excluded before."),
    ),
    "pattern-changed": (
        (_BREAKING, "The server may reject text that matched before."),
        (_DOCUMENTATION, "The text may have another form; its type is the same."),
    ),
    "default-added": (
        (_DOCUMENTATION, "It states what omitting the property means; the client sends no default."),
        (_DOCUMENTATION, _ONLY_TEXTS),
    ),
    "default-removed": (
        (_DOCUMENTATION, "The contract no longer states what omitting it means."),
        (_DOCUMENTATION, _ONLY_TEXTS),
    ),
    "default-changed": (
        (_BREAKING, "Calls without it now mean something else."),
        (_DOCUMENTATION, _ONLY_TEXTS),
    ),
    "variant-added": (
        (_ADDITIVE, "Everything that was accepted still is."),
        (_BREAKING, "Programs may receive a variant that was impossible before."),
    ),
    "variant-removed": (
        (_BREAKING, "The server rejects bodies of this variant."),
        (_ADDITIVE, "One variant is no longer returned."),
    ),
    "alternative-added": (
        (_ADDITIVE, "Another combination of properties is enough."),
        (_BREAKING, "Properties that were always present may be missing."),
    ),
    "alternative-removed": (
        (_BREAKING, "A combination of properties that was enough no longer is."),
        (_ADDITIVE, "Fewer combinations are possible."),
    ),
    "discriminator-changed": (
        (_BREAKING, "Another property or value selects the variant of a body."),
        (_BREAKING, "Another property or value identifies the variant of an answer."),
    ),
    "rule-added": (
        (_BREAKING, "The server may reject calls because of the new condition."),
        (_ADDITIVE, "Answers meet one more condition."),
    ),
    "rule-removed": (
        (_ADDITIVE, "Calls have one condition less to meet."),
        (_BREAKING, "Programs may receive answers that were excluded before."),
    ),
    "rule-changed": (
        (_BREAKING, "A condition on calls changes; it may exclude calls that worked."),
        (_BREAKING, "A condition on answers changes; it may admit new answers."),
    ),
    "became-read-only": ((_BREAKING, "Calls must not send it any more."), (_DOCUMENTATION, _ONLY_TEXTS)),
    "no-longer-read-only": ((_ADDITIVE, "Calls may send it too."), (_DOCUMENTATION, _ONLY_TEXTS)),
    "became-write-only": ((_DOCUMENTATION, _ONLY_TEXTS), (_BREAKING, "Answers no longer contain it.")),
    "no-longer-write-only": ((_DOCUMENTATION, _ONLY_TEXTS), (_ADDITIVE, "Answers contain it too.")),
    "deprecated": ((_ADDITIVE, _DEPRECATED), (_ADDITIVE, _DEPRECATED)),
    "no-longer-deprecated": ((_DOCUMENTATION, _RESTORED), (_DOCUMENTATION, _RESTORED)),
    "description-changed": ((_DOCUMENTATION, _ONLY_TEXTS), (_DOCUMENTATION, _ONLY_TEXTS)),
    "title-changed": ((_DOCUMENTATION, _ONLY_TEXTS), (_DOCUMENTATION, _ONLY_TEXTS)),
    "example-changed": ((_DOCUMENTATION, _ONLY_TEXTS), (_DOCUMENTATION, _ONLY_TEXTS)),
    "evidence-changed": (
        (_DOCUMENTATION, "Only the record of how this is known changes."),
        (_DOCUMENTATION, "Only the record of how this is known changes."),
    ),
    "annotation-changed": ((_DOCUMENTATION, _ONLY_TEXTS), (_DOCUMENTATION, _ONLY_TEXTS)),
}

# Changes of all other parts of the contracts.
_OTHER_KINDS: dict[str, _Meaning] = {
    "operation-added": (_ADDITIVE, _ADDED),
    "operation-removed": (_BREAKING, _REMOVED),
    "operation-renamed": (_BREAKING, "Programs that import its module by the old name fail."),
    "operation-moved": (_ADDITIVE, "The client calls the new address; calls stay as they are."),
    "operation-server-changed": (_BREAKING, "Callers who set no `base_url` send it to another server."),
    "operation-tag-changed": (_BREAKING, "Its module moves to another package, which the first tag names."),
    "operation-deprecated": (_ADDITIVE, _DEPRECATED),
    "operation-no-longer-deprecated": (_DOCUMENTATION, _RESTORED),
    "parameter-added": (_ADDITIVE, "It is optional; calls work as before."),
    "required-parameter-added": (_BREAKING, "Calls without it fail."),
    "parameter-removed": (_BREAKING, "Calls that pass it fail: the argument no longer exists."),
    "parameter-renamed": (_BREAKING, "Calls that pass it under its old name fail."),
    "parameter-became-required": (_BREAKING, "Calls without it fail."),
    "parameter-became-optional": (_ADDITIVE, "Calls that pass it work as before."),
    "parameter-location-changed": (
        _ADDITIVE,
        "The client sends it in the new place; calls stay as they are.",
    ),
    "parameter-style-changed": (_ADDITIVE, _SENT_DIFFERENTLY),
    "request-body-added": (_ADDITIVE, "It is optional; calls work as before."),
    "required-request-body-added": (_BREAKING, "Calls without a body fail."),
    "request-body-removed": (_BREAKING, "Calls with a body fail."),
    "request-body-became-required": (_BREAKING, "Calls without a body fail."),
    "request-body-became-optional": (_ADDITIVE, "Calls that pass it work as before."),
    "request-media-type-added": (_ADDITIVE, "The same body can be sent in one more format."),
    "request-media-type-removed": (_BREAKING, "Bodies can no longer be sent in this format."),
    "request-part-encoding-changed": (_ADDITIVE, _SENT_DIFFERENTLY),
    "request-part-media-type-added": (_ADDITIVE, "One more type of file is accepted."),
    "request-part-media-type-removed": (
        _BREAKING,
        "The server rejects a type of file that it accepted before.",
    ),
    "success-status-added": (_BREAKING, "Programs may receive an answer that was impossible before."),
    "success-status-removed": (_BREAKING, "The client no longer reads an answer with this status."),
    "error-status-added": (_ADDITIVE, "Every status from 400 on already raises a StatusError."),
    "error-status-removed": (
        _DOCUMENTATION,
        "If the server sends it all the same, it still raises a StatusError.",
    ),
    "response-media-type-added": (
        _ADDITIVE,
        "The client reads its answers as it reads those of the old media types.",
    ),
    "response-media-type-widens-answer": (
        _BREAKING,
        "Programs may receive a type of answer that was impossible before.",
    ),
    "response-media-type-removed": (_BREAKING, "The client no longer reads an answer in this format."),
    "error-media-type-added": (_ADDITIVE, "The error that is raised is the same."),
    "error-media-type-removed": (_DOCUMENTATION, "The error that is raised is the same."),
    "response-header-added": (_ADDITIVE, _ADDED),
    "response-header-removed": (_BREAKING, "Programs that read it find it missing."),
    "response-header-became-optional": (_BREAKING, "Programs that rely on it may find it missing."),
    "response-header-became-required": (_ADDITIVE, "A value that could be missing is now always present."),
    "security-added": (_BREAKING, "The server rejects calls without a key."),
    "security-removed": (_ADDITIVE, "Calls without a key work too."),
    "security-alternative-added": (_ADDITIVE, "Credentials that were enough still are."),
    "security-alternative-removed": (_BREAKING, "The server rejects callers who authenticate this way."),
    "security-scheme-changed": (_BREAKING, "The server expects the key in another place or form."),
    "security-scope-added": (_BREAKING, "The server rejects keys without the new scope."),
    "security-scope-removed": (_ADDITIVE, "Keys need one scope less."),
    "server-default-changed": (_BREAKING, "Callers who set no `base_url` use another server."),
    "server-added": (_ADDITIVE, "Callers may set any `base_url`; the contract now lists this one."),
    "server-removed": (
        _DOCUMENTATION,
        "Callers may set any `base_url`; the contract no longer lists this one.",
    ),
    "sdk-package-renamed": (_BREAKING, "Every import fails: the package has another name."),
    "sdk-distribution-renamed": (_BREAKING, "It is installed under another name."),
    "sdk-client-renamed": (_BREAKING, "Imports of the client class and of its base error class fail."),
    "sdk-environment-changed": (
        _BREAKING,
        "The client no longer reads the environment variable that callers set.",
    ),
    "sdk-version-changed": (_DOCUMENTATION, "It is the number of a release; callers see no change in it."),
    "sdk-resource-added": (_ADDITIVE, _ADDED),
    "sdk-resource-removed": (_BREAKING, _REMOVED),
    "sdk-method-added": (_ADDITIVE, _ADDED),
    "sdk-method-removed": (_BREAKING, _REMOVED),
    "sdk-method-renamed": (_BREAKING, "Programs that call it by the old name fail."),
    "sdk-method-deprecated": (_ADDITIVE, _DEPRECATED),
    "sdk-method-no-longer-deprecated": (_DOCUMENTATION, _RESTORED),
    "sdk-method-operation-changed": (_BREAKING, "The method calls another operation of the service."),
    "sdk-method-variant-added": (_ADDITIVE, "It accepts everything that it accepted, and more."),
    "sdk-method-variant-removed": (_BREAKING, "It no longer accepts the arguments of this variant."),
    "sdk-method-result-added": (_BREAKING, "It may return a type that was impossible before."),
    "sdk-method-result-removed": (_ADDITIVE, "Programs that handle more cases still work."),
    "sdk-method-encoding-changed": (_ADDITIVE, _SENT_DIFFERENTLY),
    "sdk-timeout-shortened": (_BREAKING, "Calls that take longer than the new limit now fail."),
    "sdk-timeout-lengthened": (_ADDITIVE, "Calls may take longer before they fail."),
    "sdk-interval-changed": (_ADDITIVE, "The client polls at another interval; calls stay as they are."),
    "sdk-overload-added": (_BREAKING, "Calls that pass this value return another type."),
    "sdk-overload-removed": (_BREAKING, "Calls that pass this value return another type."),
    "sdk-overload-changed": (_BREAKING, "Calls that pass this value return another type."),
    "sdk-result-added": (_ADDITIVE, _ADDED),
    "sdk-result-removed": (_BREAKING, _REMOVED),
    "sdk-result-kind-changed": (_BREAKING, "The class has other properties."),
    "sdk-result-field-added": (_ADDITIVE, _ADDED),
    "sdk-result-field-removed": (_BREAKING, _REMOVED),
    "sdk-result-field-type-changed": (_BREAKING, "The property has another type."),
    "sdk-result-field-became-optional": (_BREAKING, "The property may be None."),
    "sdk-result-field-became-required": (_ADDITIVE, "The property is never None."),
    "sdk-result-reading-changed": (
        _ADDITIVE,
        "The client reads it from another place; calls stay as they are.",
    ),
    "sdk-wait-added": (_ADDITIVE, _ADDED),
    "sdk-wait-removed": (_BREAKING, _REMOVED),
    "sdk-wait-changed": (_ADDITIVE, "The client polls the job in another way; calls stay as they are."),
    "sdk-exclusive-added": (_BREAKING, "The client rejects calls that pass two of these arguments."),
    "sdk-exclusive-removed": (_ADDITIVE, "The client now sends calls that pass two of these arguments."),
    "sdk-command-added": (_ADDITIVE, _ADDED),
    "sdk-command-removed": (_BREAKING, "Shell scripts that run this command fail."),
    "sdk-command-changed": (_BREAKING, "Shell scripts that run this command get another result."),
    "sdk-text-changed": (_DOCUMENTATION, _ONLY_TEXTS),
    "text-changed": (_DOCUMENTATION, _ONLY_TEXTS),
    "other-change": (_DOCUMENTATION, "No rule covers it, and the built client does not show it."),
}

# Changes that only the built clients show, because no rule compares their cause in the contracts.
_SURFACE_KINDS: dict[str, _Meaning] = {
    "name-added": (_ADDITIVE, _ADDED),
    "name-removed": (_BREAKING, _REMOVED),
    "argument-added": (_ADDITIVE, "It is optional; calls work as before."),
    "required-argument-added": (_BREAKING, "Calls without it fail."),
    "argument-removed": (_BREAKING, "Calls that pass it fail."),
    "argument-became-required": (_BREAKING, "Calls without it fail."),
    "argument-became-optional": (_ADDITIVE, "Calls that pass it work as before."),
    "argument-none-is-sent": (_BREAKING, "Calls that pass None omitted it before, and now send null."),
    "argument-default-changed": (_BREAKING, "Calls without it now mean something else."),
    "argument-type-widened": (_ADDITIVE, "Calls that type-checked still do."),
    "argument-type-narrowed": (_BREAKING, "Calls that type-checked may no longer do so."),
    "argument-type-changed": (_BREAKING, "Calls that type-checked may no longer do so."),
    "result-type-widened": (_BREAKING, "Programs may receive a type that was impossible before."),
    "result-type-narrowed": (_ADDITIVE, "Programs that handle more cases still work."),
    "result-type-changed": (_BREAKING, "Programs receive another type than before."),
    "overload-changed": (_BREAKING, "The same call has another result type."),
    "base-removed": (_BREAKING, "`except` and `isinstance` no longer match."),
    "base-added": (_ADDITIVE, _ADDED),
}

KINDS: dict[str, ChangeKind] = {
    **{f"request-{slug}": ChangeKind(*in_request) for slug, (in_request, _) in _SCHEMA_KINDS.items()},
    **{f"response-{slug}": ChangeKind(*in_response) for slug, (_, in_response) in _SCHEMA_KINDS.items()},
    **{slug: ChangeKind(*meaning) for slug, meaning in _OTHER_KINDS.items()},
    **{f"client-{slug}": ChangeKind(*meaning) for slug, meaning in _SURFACE_KINDS.items()},
}
"""Every kind of change by its slug. Slugs are stable: programs read them in the JSON report."""
