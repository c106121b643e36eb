"""Judge a body against the contract: which variant it is or, in one plain sentence, why it is none."""

from typing import Any, cast

from jsonschema import ValidationError

from .contract import Contract, RequestBody
from .forms import Garbled, Repeated
from .problems import RequestError, escape, member_problem

TELLING = (
    ("file", "Transcription", None),
    ("text", "SpeechForm", "Speech"),
    ("image_file", "ImageEdit", None),
    ("images", "ImageEdit", None),
    ("image_path", "ImageEdit", "ImageEditByReference"),
    ("image_url", "Video", "VideoByReference"),
    ("frame_num", "Video", "VideoByReference"),
    ("infer_steps", "Video", "VideoByReference"),
    ("image", "ImageEdit", None),
)
"""A member that tells the job, and the schema that a body with it was meant to be: as a form, and as JSON."""
LONG_TEXT = 1_000
"""Characters."""
OTHERWISE = "ImageGeneration"
REASONS = {
    "minimum": "must be at least {value}",
    "maximum": "must be at most {value}",
    "minItems": "must have at least {value} items",
    "maxItems": "must have at most {value} items",
    "enum": "must be one of {value}",
}
"""What is wrong with a value, by the keyword of JSON Schema that it breaks."""


def judge(values: dict[str, Any], body: RequestBody, contract: Contract, *, as_form: bool) -> str:
    """Return the name of the one variant that `values` match.

    Raises RequestError naming the first member at fault.
    """
    values = _shown_briefly(values)
    matches = [name for name, validator in body.variants.items() if validator.is_valid(values)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise RequestError(400, "ambiguous_body", f"the body is at once {' and '.join(matches)}", pointer="")
    meant = next(iter(body.variants)) if len(body.variants) == 1 else _meant(values, as_form=as_form)
    raise explain(values, meant, contract)


class BriefObject(dict[str, Any]):
    """An object that is shown briefly."""

    def __repr__(self) -> str:
        return f"<{len(self)} properties>"


class BriefText(str):
    """A long text that is shown briefly."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} characters>"


def _shown_briefly(values: dict[str, Any]) -> dict[str, Any]:
    """Return equal values whose `repr` is short.

    jsonschema puts what it refuses into its messages, for each variant that does not match. Of a `data:` URL
    of 20 MB that is a second of work, and nobody reads these messages.
    """
    return BriefObject(
        {
            name: BriefText(value) if isinstance(value, str) and len(value) > LONG_TEXT else value
            for name, value in values.items()
        }
    )


def _meant(values: dict[str, Any], *, as_form: bool) -> str:
    for name, form_schema, json_schema in TELLING:
        if name in values:
            if not as_form and json_schema is None:
                raise member_problem(
                    name, f"{name} is a file: send the request as multipart/form-data", "not_a_file"
                )
            return form_schema if as_form else str(json_schema)
    return OTHERWISE


def explain(values: dict[str, Any], meant: str, contract: Contract) -> RequestError:
    """Return the problem that helps most: a missing member, a member that does not belong, a wrong value."""
    ranks = {"required": 0, "anyOf": 1}
    errors = [error for error in contract.validator(meant).iter_errors(values) if error.schema is not False]
    errors.sort(
        key=lambda error: (ranks.get(str(error.validator), 3), [str(part) for part in error.absolute_path])
    )
    misplaced = next((name for name in values if name in contract.closed(meant)), None)
    if misplaced is not None and (not errors or ranks.get(str(errors[0].validator)) is None):
        return member_problem(
            misplaced, f"{misplaced} does not go with the other fields ({meant})", "misplaced"
        )
    return (
        _describe(errors[0], meant)
        if errors
        else RequestError(400, "invalid_body", f"the body does not match {meant}")
    )


def _describe(error: ValidationError, meant: str) -> RequestError:
    path = [str(part) for part in error.absolute_path]
    pointer = "".join(f"/{escape(part)}" for part in path)
    name = ".".join(path)
    if error.validator == "required":
        missing = next(
            name
            for name in cast(list[str], error.validator_value)
            if name not in cast(dict[str, Any], error.instance)
        )
        return _missing(missing, ".".join([*path, missing]), pointer)
    if error.validator == "anyOf" and not path:
        return _one_of(error, meant)
    if isinstance(error.instance, Repeated):
        return member_problem(path[0], f"{name} comes more than once", "duplicate_field")
    if isinstance(error.instance, Garbled):
        return member_problem(path[0], f"{name} is not UTF-8", "invalid_charset")
    return member_problem(
        path[0] if path else "", f"{name or 'the body'} {_reason(error)}", "invalid_value", pointer
    )


def _missing(missing: str, name: str, pointer: str) -> RequestError:
    return member_problem(missing, f"{name} is required", "missing_field", f"{pointer}/{escape(missing)}")


def _one_of(error: ValidationError, meant: str) -> RequestError:
    options = cast(list[dict[str, list[str]]], error.validator_value)
    names = [name for option in options for name in option.get("required", [])]
    return member_problem(
        names[0] if names else "", f"{meant} needs one of {', '.join(names)}", "missing_field"
    )


def _reason(error: ValidationError) -> str:
    """Return what is wrong with a value, without repeating the value: it may be long or private."""
    value: Any = error.validator_value
    keyword = str(error.validator)
    if keyword == "type":
        return f"must be of type {value if isinstance(value, str) else ' or '.join(value)}"
    if keyword in ("oneOf", "anyOf"):
        return "is of none of the types that the contract allows"
    return REASONS.get(keyword, "does not meet the contract's {keyword}").format(keyword=keyword, value=value)
