"""How values are written into the fields of a form, where the contract states a style."""

from typing import Any

from ..loading.document import Document
from ..loading.json_data import object_or_empty
from ..media_types import MULTIPART_FORM, essence
from ..runtime.contract import ListForm, PartEncoding

# The fields of an encoding that say how a value is written, in place of its media type (OpenAPI 3.1, 4.8.15).
STYLE_FIELDS = ("style", "explode", "allowReserved")


def read_list_form(document: Document) -> ListForm:
    """Return the form that `x-sdk` names for lists in the style deepObject; empty for the usual one."""
    form: ListForm = object_or_empty(document.data.get("x-sdk")).get("deep_object_lists", "")
    return form


def describe_style(document: Document, encoding: dict[str, Any], media_type: str) -> PartEncoding | None:
    """Return the style that an encoding states for a field of a form; None if it states none.

    OpenAPI 3.0 ignores styles in multipart.
    """
    is_ignored = essence(media_type) == MULTIPART_FORM and document.data["openapi"].startswith("3.0")
    if is_ignored or not any(field in encoding for field in STYLE_FIELDS):
        return None
    style = encoding.get("style", "form")
    return PartEncoding(
        style=style,
        explode=encoding.get("explode", style == "form"),
        allow_reserved=encoding.get("allowReserved", False),
        list_form=read_list_form(document) if style == "deepObject" else "",
    )
