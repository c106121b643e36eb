"""The catalogue of changes: a stable slug, what it asks of callers, and why.

A schema is judged by its direction. What a caller sends may only be accepted more widely, what a caller
receives may only be promised more narrowly; anything else can break a program that was right before.
"""

from attrs import frozen

from .change import Severity

B, A, D = Severity.BREAKING, Severity.ADDITIVE, Severity.DOCUMENTATION
REQUEST, RESPONSE = "request", "response"


@frozen
class Kind:
    """What a kind of change means to a caller, in one sentence."""

    severity: Severity
    why: str


_GONE = "Programs that name it fail: it is gone from the client."
_NEW = "Nothing that was there changes."
_TEXT = "Only the words change."
_SENT = "The client writes it another way by itself; calls stay as they are."

# base slug: (in requests, why), (in responses, why)
_SCHEMA: dict[str, tuple[tuple[Severity, str], tuple[Severity, str]]] = {
    "model-renamed": ((B, _GONE), (B, _GONE)),
    "property-added": ((A, "It may be left out, so calls work as before."), (A, _NEW)),
    "required-property-added": ((B, "Calls that do not give it are refused."), (A, _NEW)),
    "property-removed": ((B, "Calls that give it fail: there is no such argument."), (B, _GONE)),
    "property-renamed": ((B, "Calls that give it under its old name fail."), (B, _GONE)),
    "property-became-required": (
        (B, "Calls that leave it out are refused."),
        (A, "What could be missing is now always there."),
    ),
    "property-became-optional": (
        (A, "Calls that give it work as before."),
        (B, "Programs that rely on it find it missing."),
    ),
    "member-forbidden": ((D, "No argument had this name; only `extra` could send it."), (A, _NEW)),
    "member-allowed": ((D, "No argument has this name; only `extra` can send it."), (A, _NEW)),
    "members-closed": (
        (B, "Members that the contract does not know, sent with `extra`, are refused."),
        (B, "The model loses `additional_properties`."),
    ),
    "members-opened": (
        (A, "More may be sent than before."),
        (A, "More may come; what was known still does."),
    ),
    "type-widened": (
        (A, "Everything that was accepted still is."),
        (B, "Programs receive a type that they did not have to expect."),
    ),
    "type-narrowed": (
        (B, "Values of a type that was accepted are refused."),
        (A, "Programs that handle more still work."),
    ),
    "type-changed": (
        (B, "Values that were accepted are refused."),
        (B, "Programs receive another type than before."),
    ),
    "became-nullable": (
        (A, "Null is accepted as well."),
        (B, "Programs receive None where a value was sure."),
    ),
    "no-longer-nullable": ((B, "Null is refused."), (A, "A value is sure where None could come.")),
    "value-added": (
        (A, "One more value is accepted."),
        (B, "Programs receive a value that the closed list did not have."),
    ),
    "value-removed": ((B, "Calls that give this value are refused."), (A, "One value less can come.")),
    "known-value-added": ((A, "Any text was accepted before."), (A, "Any text could come before.")),
    "known-value-removed": ((D, "Any text is still accepted."), (D, "Any text could come, and still can.")),
    "const-changed": ((B, "The old value is refused."), (B, "Programs that look for the old value miss it.")),
    "values-restricted": ((B, "Values outside the list are refused."), (A, "Only listed values come.")),
    "values-unrestricted": ((A, "Any value is accepted."), (B, "Programs receive values of no list.")),
    "values-opened": (
        (A, "Values outside the list are accepted as well."),
        (B, "Programs receive values outside the list."),
    ),
    "values-closed": ((B, "Values outside the list are refused."), (A, "Only listed values come.")),
    "format-changed": (
        (B, "The argument has another Python type."),
        (B, "The value has another Python type."),
    ),
    "format-note-changed": ((D, "The Python type is the same."), (D, "The Python type is the same.")),
    "content-changed": (
        (B, "Its bytes or text are to be given in another form."),
        (B, "Its bytes or text come in another form."),
    ),
    "constraint-tightened": (
        (B, "Values that were accepted are refused."),
        (A, "Fewer values can come than before."),
    ),
    "constraint-loosened": (
        (A, "Everything that was accepted still is."),
        (B, "Values come that were excluded before."),
    ),
    "pattern-changed": (
        (B, "Text that matched may be refused."),
        (D, "Text of another form may come; its type is the same."),
    ),
    "default-added": (
        (D, "It says what leaving it out means; the client sends nothing by itself."),
        (D, _TEXT),
    ),
    "default-removed": ((D, "It no longer says what leaving it out means."), (D, _TEXT)),
    "default-changed": ((B, "Calls that leave it out now mean something else."), (D, _TEXT)),
    "variant-added": (
        (A, "What was accepted still is."),
        (B, "Programs receive a form of answer that they did not have to expect."),
    ),
    "variant-removed": ((B, "Bodies of this form are refused."), (A, "One form of answer less can come.")),
    "alternative-added": (
        (A, "Another combination of members is enough."),
        (B, "An answer may come without the members that were sure."),
    ),
    "alternative-removed": (
        (B, "A combination of members that was enough is not any more."),
        (A, "Fewer combinations can come."),
    ),
    "discriminator-changed": (
        (B, "Which form a body has is told by another member or value."),
        (B, "Which form an answer has is told by another member or value."),
    ),
    "rule-added": (
        (B, "A condition that did not hold before can refuse a call."),
        (A, "Answers are narrower."),
    ),
    "rule-removed": (
        (A, "A condition less can refuse a call."),
        (B, "Answers come that were excluded before."),
    ),
    "rule-changed": (
        (B, "A condition on calls is another; nothing proves that it is wider."),
        (B, "A condition on answers is another; nothing proves that it is narrower."),
    ),
    "became-read-only": ((B, "It is not to be sent any more."), (D, _TEXT)),
    "no-longer-read-only": ((A, "It may be sent as well."), (D, _TEXT)),
    "became-write-only": ((D, _TEXT), (B, "It does not come any more.")),
    "no-longer-write-only": ((D, _TEXT), (A, "It comes as well.")),
    "deprecated": ((A, "It works, and is to be given up."), (A, "It comes, and is to be given up.")),
    "no-longer-deprecated": ((D, "It may be used again."), (D, "It may be used again.")),
    "description-changed": ((D, _TEXT), (D, _TEXT)),
    "title-changed": ((D, _TEXT), (D, _TEXT)),
    "example-changed": ((D, _TEXT), (D, _TEXT)),
    "evidence-changed": ((D, "It says how surely this is known."), (D, "It says how surely this is known.")),
    "annotation-changed": ((D, _TEXT), (D, _TEXT)),
}

_REST: dict[str, tuple[Severity, str]] = {
    "operation-added": (A, _NEW),
    "operation-removed": (B, _GONE),
    "operation-renamed": (B, "Programs that import its module by the old name fail."),
    "operation-moved": (A, "The client calls the new place by itself; calls stay as they are."),
    "operation-tag-changed": (B, "Its module stands in another package, named after its first tag."),
    "operation-deprecated": (A, "It works, and is to be given up."),
    "operation-no-longer-deprecated": (D, "It may be used again."),
    "parameter-added": (A, "It may be left out, so calls work as before."),
    "required-parameter-added": (B, "Calls that do not give it fail."),
    "parameter-removed": (B, "Calls that give it fail: there is no such argument."),
    "parameter-renamed": (B, "Calls that give it under its old name fail."),
    "parameter-became-required": (B, "Calls that leave it out fail."),
    "parameter-became-optional": (A, "Calls that give it work as before."),
    "parameter-location-changed": (A, "The client puts it in the new place; calls stay as they are."),
    "parameter-style-changed": (A, _SENT),
    "request-body-added": (A, "It may be left out, so calls work as before."),
    "required-request-body-added": (B, "Calls without a body fail."),
    "request-body-removed": (B, "Calls that give a body fail."),
    "request-body-became-required": (B, "Calls without a body fail."),
    "request-body-became-optional": (A, "Calls that give it work as before."),
    "request-media-type-added": (A, "There is one more way to send the same."),
    "request-media-type-removed": (B, "Bodies can no longer be sent this way."),
    "request-part-encoding-changed": (A, _SENT),
    "request-part-media-type-added": (A, "Files of one more kind are accepted."),
    "request-part-media-type-removed": (B, "Files of a kind that was accepted are refused."),
    "success-status-added": (B, "Programs receive an answer that they did not have to expect."),
    "success-status-removed": (B, "An answer of this status is no longer read."),
    "error-status-added": (A, "Every status from 400 on already raises a StatusError."),
    "error-status-removed": (D, "Should it come all the same, it still raises a StatusError."),
    "response-media-type-added": (A, "Its answers are read as those that could come before."),
    "response-media-type-widens-answer": (B, "Programs receive a type of answer that could not come before."),
    "response-media-type-removed": (B, "An answer of this kind is no longer read."),
    "error-media-type-added": (A, "The error that is raised is the same."),
    "error-media-type-removed": (D, "The error that is raised is the same."),
    "response-header-added": (A, _NEW),
    "response-header-removed": (B, "Programs that read it find it missing."),
    "response-header-became-optional": (B, "Programs that rely on it find it missing."),
    "response-header-became-required": (A, "What could be missing is now always there."),
    "security-added": (B, "Calls without a key are refused."),
    "security-removed": (A, "Calls without a key work, too."),
    "security-alternative-added": (A, "What was enough still is."),
    "security-alternative-removed": (B, "Callers who signed in this way are refused."),
    "security-scheme-changed": (B, "The key that callers hold is asked for in another way."),
    "security-scope-added": (B, "Keys without the new scope are refused."),
    "security-scope-removed": (A, "Keys need one scope less."),
    "server-default-changed": (B, "Callers who name no `base_url` talk to another server."),
    "server-added": (A, "Callers may name any `base_url`, and are now told of this one."),
    "server-removed": (D, "Callers may name any `base_url`; they are no longer told of this one."),
    "sdk-package-renamed": (B, "Every import fails: the package has another name."),
    "sdk-distribution-renamed": (B, "It is installed under another name."),
    "sdk-client-renamed": (B, "Imports of the client class fail, and those of the root of its errors."),
    "sdk-environment-changed": (B, "The environment variable that callers set is not read any more."),
    "sdk-version-changed": (D, "It is the number of a release, not a change by itself."),
    "sdk-resource-added": (A, _NEW),
    "sdk-resource-removed": (B, _GONE),
    "sdk-method-added": (A, _NEW),
    "sdk-method-removed": (B, _GONE),
    "sdk-method-renamed": (B, "Programs that call it by the old name fail."),
    "sdk-method-operation-changed": (B, "The method asks the service for something else."),
    "sdk-method-variant-added": (A, "It takes what it took, and more."),
    "sdk-method-variant-removed": (B, "It no longer takes what only this variant had."),
    "sdk-method-result-added": (B, "It returns a type that callers did not have to expect."),
    "sdk-method-result-removed": (A, "Programs that handle more still work."),
    "sdk-method-encoding-changed": (A, _SENT),
    "sdk-timeout-shortened": (B, "A call that took longer, and was waited for, fails now."),
    "sdk-timeout-lengthened": (A, "A call that gave up is waited for now."),
    "sdk-interval-changed": (A, "The client asks more or less often; calls stay as they are."),
    "sdk-overload-added": (B, "Calls that give this value return something else."),
    "sdk-overload-removed": (B, "Calls that give this value return something else."),
    "sdk-overload-changed": (B, "Calls that give this value return something else."),
    "sdk-result-added": (A, _NEW),
    "sdk-result-removed": (B, _GONE),
    "sdk-result-kind-changed": (B, "The class has other members."),
    "sdk-result-field-added": (A, _NEW),
    "sdk-result-field-removed": (B, _GONE),
    "sdk-result-field-type-changed": (B, "The property has another type."),
    "sdk-result-field-became-optional": (B, "The property may be None."),
    "sdk-result-field-became-required": (A, "The property is never None."),
    "sdk-result-reading-changed": (A, "The client looks for it elsewhere by itself."),
    "sdk-wait-added": (A, _NEW),
    "sdk-wait-removed": (B, _GONE),
    "sdk-wait-changed": (A, "The client asks and reads the state of a job another way by itself."),
    "sdk-exclusive-added": (B, "Calls that give two of these arguments are refused before they are sent."),
    "sdk-exclusive-removed": (A, "Calls that give two of these arguments are sent."),
    "sdk-command-added": (A, _NEW),
    "sdk-command-removed": (B, "Scripts that run this command of the console script fail."),
    "sdk-command-changed": (B, "Scripts that run this command of the console script do something else."),
    "sdk-text-changed": (D, _TEXT),
    "text-changed": (D, _TEXT),
    "other-change": (D, "No rule speaks of it, and the built client does not show it."),
    # Seen in the built clients alone: the contract's rules did not foresee it.
    "client-name-added": (A, _NEW),
    "client-name-removed": (B, _GONE),
    "client-argument-added": (A, "It may be left out, so calls work as before."),
    "client-required-argument-added": (B, "Calls that do not give it fail."),
    "client-argument-removed": (B, "Calls that give it fail."),
    "client-argument-became-required": (B, "Calls that leave it out fail."),
    "client-argument-became-optional": (A, "Calls that give it work as before."),
    "client-argument-none-is-sent": (B, "Calls that give None left it out, and now send null."),
    "client-argument-default-changed": (B, "Calls that leave it out now mean something else."),
    "client-argument-type-widened": (A, "Everything that type-checked still does."),
    "client-argument-type-narrowed": (B, "Calls that type-checked do not any more."),
    "client-argument-type-changed": (B, "Calls that type-checked do not any more."),
    "client-result-type-widened": (B, "Programs must expect a type that did not come before."),
    "client-result-type-narrowed": (A, "Programs that handle more still work."),
    "client-result-type-changed": (B, "Programs receive another type than before."),
    "client-overload-changed": (B, "The same call has another result type."),
    "client-base-removed": (B, "`except` and `isinstance` no longer match."),
    "client-base-added": (A, _NEW),
}

KINDS: dict[str, Kind] = {
    **{f"{REQUEST}-{slug}": Kind(*request) for slug, (request, _) in _SCHEMA.items()},
    **{f"{RESPONSE}-{slug}": Kind(*response) for slug, (_, response) in _SCHEMA.items()},
    **{slug: Kind(*given) for slug, given in _REST.items()},
}
