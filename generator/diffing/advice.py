"""What callers must do about a change, in one sentence that begins with a verb."""

from .change import Change, Severity

_STOP_PASSING = "Stop passing it."
_PASS_ALWAYS = "Pass it in every call."
_PASS_ACCEPTED = "Pass only values that the new contract accepts."
_RENAME_ARGUMENT = "Rename the argument in calls."
_STOP_USING = "Stop using it."
_RENAME = "Write the new name."
_HANDLE_MISSING = "Handle that it may be missing."
_HANDLE_MORE = "Handle the values that are possible now."
_HANDLE_RESULT = "Handle the new type of the result."
_CONVERT_ARGUMENT = "Pass a value of the new type."
_CONVERT_RESULT = "Read it as its new type."
_CHECK_CONDITION = "Check that calls meet the new condition."

_BY_KIND = {
    "request-model-renamed": _RENAME,
    "response-model-renamed": _RENAME,
    "request-required-property-added": _PASS_ALWAYS,
    "request-property-removed": _STOP_PASSING,
    "request-property-renamed": _RENAME_ARGUMENT,
    "request-property-became-required": _PASS_ALWAYS,
    "request-additional-properties-closed": "Remove what `extra` sends, or pass it as a documented argument.",
    "request-type-narrowed": _PASS_ACCEPTED,
    "request-type-changed": _CONVERT_ARGUMENT,
    "request-no-longer-nullable": "Leave it out in place of passing None.",
    "request-value-removed": "Pass another value.",
    "request-const-changed": "Pass the new value.",
    "request-values-restricted": _PASS_ACCEPTED,
    "request-values-closed": _PASS_ACCEPTED,
    "request-format-changed": _CONVERT_ARGUMENT,
    "request-content-changed": _CONVERT_ARGUMENT,
    "request-constraint-tightened": _PASS_ACCEPTED,
    "request-pattern-changed": _PASS_ACCEPTED,
    "request-default-changed": "Pass the old default if it is meant.",
    "request-variant-removed": "Send another variant.",
    "request-alternative-removed": "Pass one of the combinations that are left.",
    "request-discriminator-changed": "Pass the value that selects the variant now.",
    "request-rule-added": _CHECK_CONDITION,
    "request-rule-changed": _CHECK_CONDITION,
    "request-became-read-only": _STOP_PASSING,
    "response-property-removed": "Stop reading it.",
    "response-property-renamed": "Read it under its new name.",
    "response-property-became-optional": _HANDLE_MISSING,
    "response-additional-properties-closed": "Stop reading `additional_properties`.",
    "response-type-widened": _HANDLE_MORE,
    "response-type-changed": _CONVERT_RESULT,
    "response-became-nullable": "Handle None.",
    "response-value-added": _HANDLE_MORE,
    "response-const-changed": "Look for the new value.",
    "response-values-unrestricted": _HANDLE_MORE,
    "response-values-opened": _HANDLE_MORE,
    "response-format-changed": _CONVERT_RESULT,
    "response-content-changed": _CONVERT_RESULT,
    "response-constraint-loosened": _HANDLE_MORE,
    "response-variant-added": "Handle the new variant.",
    "response-alternative-added": _HANDLE_MISSING,
    "response-discriminator-changed": "Tell variants apart by the new property or value.",
    "response-rule-removed": _HANDLE_MORE,
    "response-rule-changed": _HANDLE_MORE,
    "response-became-write-only": "Stop reading it.",
    "operation-removed": _STOP_USING,
    "operation-renamed": "Import its module by the new name.",
    "operation-server-changed": "Set `base_url` to stay with the old server.",
    "operation-tag-changed": "Import its module from the new package.",
    "required-parameter-added": _PASS_ALWAYS,
    "parameter-removed": _STOP_PASSING,
    "parameter-renamed": _RENAME_ARGUMENT,
    "parameter-became-required": _PASS_ALWAYS,
    "required-request-body-added": "Pass a body in every call.",
    "request-body-removed": "Call it without a body.",
    "request-body-became-required": "Pass a body in every call.",
    "request-media-type-removed": "Send the body in another format.",
    "request-part-media-type-removed": "Convert files to a type that is accepted.",
    "success-status-added": "Handle the new answer.",
    "success-status-removed": "Handle the answers that are left; one with this status raises an error.",
    "response-media-type-widens-answer": _HANDLE_RESULT,
    "response-media-type-removed": "Handle the formats that are left; this one raises an error.",
    "response-header-removed": "Stop reading it.",
    "response-header-became-optional": _HANDLE_MISSING,
    "security-added": "Set a key.",
    "security-alternative-removed": "Authenticate in a way that is left.",
    "security-scheme-changed": "Update the client, which sends the key in the new form.",
    "security-scope-added": "Get a key with the new scope.",
    "server-default-changed": "Set `base_url` to stay with the old server.",
    "sdk-package-renamed": "Import the package by its new name.",
    "sdk-distribution-renamed": "Install it under its new name.",
    "sdk-client-renamed": "Import the class by its new name.",
    "sdk-environment-changed": "Set the new environment variable.",
    "sdk-resource-removed": _STOP_USING,
    "sdk-method-removed": _STOP_USING,
    "sdk-method-renamed": "Call it by its new name.",
    "sdk-method-operation-changed": "Check that the other operation does what is meant.",
    "sdk-method-variant-removed": "Stop passing the arguments of this variant.",
    "sdk-method-result-added": _HANDLE_RESULT,
    "sdk-timeout-shortened": "Pass a longer `timeout` where calls need it.",
    "sdk-overload-added": _HANDLE_RESULT,
    "sdk-overload-removed": _HANDLE_RESULT,
    "sdk-overload-changed": _HANDLE_RESULT,
    "sdk-result-removed": _STOP_USING,
    "sdk-result-kind-changed": "Read the properties that the class has now.",
    "sdk-result-field-removed": "Stop reading it.",
    "sdk-result-field-type-changed": _CONVERT_RESULT,
    "sdk-result-field-became-optional": "Handle None.",
    "sdk-wait-removed": _STOP_USING,
    "sdk-exclusive-added": "Pass only one of these arguments.",
    "sdk-command-removed": "Run another command in scripts.",
    "sdk-command-changed": "Check scripts that run this command.",
    "client-name-removed": _STOP_USING,
    "client-required-argument-added": _PASS_ALWAYS,
    "client-argument-removed": _STOP_PASSING,
    "client-argument-became-required": _PASS_ALWAYS,
    "client-argument-none-is-sent": "Leave it out in place of passing None.",
    "client-argument-default-changed": "Pass the old default if it is meant.",
    "client-argument-type-narrowed": _CONVERT_ARGUMENT,
    "client-argument-type-changed": _CONVERT_ARGUMENT,
    "client-result-type-widened": _HANDLE_RESULT,
    "client-result-type-changed": _CONVERT_RESULT,
    "client-overload-changed": _HANDLE_RESULT,
    "client-base-removed": "Check `except` and `isinstance` for the class.",
    # Not breaking, but a caller should act before a later version breaks.
    "request-deprecated": "Stop passing it before it is removed.",
    "response-deprecated": "Stop reading it before it is removed.",
    "operation-deprecated": "Stop using it before it is removed.",
    "sdk-method-deprecated": "Stop using it before it is removed.",
}


def advise(change: Change) -> str:
    """Return what callers must do about a change; empty if their programs work as before."""
    if change.severity is Severity.BREAKING:
        return _BY_KIND[change.kind]
    return _BY_KIND.get(change.kind, "")


def kinds_with_advice() -> frozenset[str]:
    """Return the kinds of change for which callers have something to do."""
    return frozenset(_BY_KIND)
