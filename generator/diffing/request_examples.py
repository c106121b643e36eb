"""Finds the named examples of requests in a document; a tape of recorded answers has one for each."""

from attrs import frozen

from ..loading.document import Document
from ..loading.json_data import escape, follow_reference, object_or_empty
from ..loading.operations import list_operations


@frozen
class RequestExample:
    """A named example of a request body, and the JSON pointer to it."""

    name: str
    pointer: str


def list_request_examples(document: Document) -> list[RequestExample]:
    """Return the named examples of all request bodies, in the document's order."""
    examples: list[RequestExample] = []
    for path, method, operation in list_operations(document.data):
        body = follow_reference(document.data, operation.get("requestBody"))
        for media_type, content in object_or_empty(body.get("content")).items():
            place = f"/paths/{escape(path)}/{method}/requestBody/content/{escape(media_type)}/examples"
            examples += [
                RequestExample(name, f"{place}/{escape(name)}")
                for name in object_or_empty(object_or_empty(content).get("examples"))
            ]
    return examples
