"""Turn a successful response into the result that the method promises.

A call has one or several readings. Each gives its result or says why it cannot, and the first that can is
taken. If none can, an UnexpectedResponseError carries the reasons and the whole body. What differs from the
contract without harming the result becomes `meta.drift`.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar, cast

from ..contract import Call, Fields, JobReading, MediaReading, RecordReading, StreamReading, TextReading
from ..unset import UNSET
from .json_pointer import first_value, resolve
from .media_parsing import read_media
from .parsed_response import CannotRead, ParsedResponse, parse_response
from .results import KEPT_HINT, RawResponse, raise_unexpected
from .text_parsing import read_text

R = TypeVar("R")


def raise_unreadable(title: str, raw: RawResponse, problems: list[str]) -> NoReturn:
    """Raise UnexpectedResponseError for a successful response that fits no reading; it keeps the whole body.

    `title` is method and path of the request.
    """
    content_type = raw.media_type or "no content type"
    reasons = "; ".join(dict.fromkeys(problems)) or "the contract defines no way to read it"
    raise_unexpected(
        raw.meta,
        f"{title}: {raw.status_code} with {len(raw.content)} bytes of {content_type}: {reasons}",
        raw.content,
        KEPT_HINT,
    )


def parse_result(call: Call[R], raw: RawResponse, fields: Fields) -> R:
    """Return the result of a call from its successful response; `fields` are the request's arguments.

    Raises UnexpectedResponseError with the whole body if the response does not hold what it should.
    """
    response = parse_response(call.operation, raw, fields)
    problems: list[str] = []
    for reading in call.readings:
        try:
            result: R = _READERS[type(reading)](reading, response)
        except CannotRead as error:
            problems.append(str(error))
            response.drift.clear()
        else:
            return result
    raise_unreadable(call.operation.route, raw, problems)


def _read_record(reading: RecordReading[Any], response: ParsedResponse) -> Any:
    data = _json_object(response)
    for pointer in reading.required:
        if first_value(data, (pointer,)) is UNSET:
            raise CannotRead(f"expected a value at {pointer}")
    return reading.result(data=data, meta=response.meta(reading.properties))


def _read_job(reading: JobReading[Any], response: ParsedResponse) -> Any:
    data = _json_object(response)
    job_id = resolve(data, reading.id)
    if isinstance(job_id, int) and not isinstance(job_id, bool):
        job_id = str(job_id)
    if not isinstance(job_id, str) or not job_id:
        raise CannotRead(f"expected a job's id at {reading.id}")
    fields = response.fields
    context = {name: fields[name] for name in reading.keep if fields.get(name) is not None}
    return reading.result(id=job_id, data=data, context=context, meta=response.meta(reading.properties))


def _json_object(response: ParsedResponse) -> Fields:
    if isinstance(response.data, dict):
        return cast("Fields", response.data)
    raise CannotRead("expected a JSON object")


def _refuse_to_read_stream(_reading: StreamReading[Any], _response: ParsedResponse) -> Any:
    """Raise CannotRead: `streaming` reads streams, while they arrive."""
    raise CannotRead("it is read as a stream only")


_READERS: Mapping[type, Callable[[Any, ParsedResponse], Any]] = {
    MediaReading: read_media,
    TextReading: read_text,
    RecordReading: _read_record,
    JobReading: _read_job,
    StreamReading: _refuse_to_read_stream,
}
