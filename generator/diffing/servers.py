"""Compares the servers that calls are sent to: those of the document, and those of single operations."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from ..loading.json_data import list_or_empty, object_or_empty
from ..model.sdk import url_of
from .python_names import DocumentOperation, NameTiers
from .recorder import ChangeLocation, Recorder, Snapshot, locate_change


def compare_servers(recorder: Recorder) -> None:
    """Compare the servers of both documents; the first is the client's default, the others are texts."""
    old, new = _document_urls(recorder.old), _document_urls(recorder.new)
    name_tiers = ((f"{recorder.new.sdk.client}(base_url=)",),)
    if old[:1] != new[:1]:
        recorder.record(
            "server-default-changed",
            name_tiers,
            before=next(iter(old), None),
            after=next(iter(new), None),
            **locate_change("/servers/0", in_new=bool(new)),
        )
    for index, url in enumerate(new):
        if index and url not in old:
            recorder.record("server-added", name_tiers, new_pointer=f"/servers/{index}", after=url)
    for index, url in enumerate(old):
        if index and url not in new:
            recorder.record("server-removed", name_tiers, old_pointer=f"/servers/{index}", before=url)


def compare_operation_servers(
    recorder: Recorder, old: DocumentOperation, new: DocumentOperation, name_tiers: NameTiers
) -> bool:
    """Record that an operation is sent to another server, if it or its path names one. Return whether it is.

    A new server of the whole document is one change of the document, and not of each operation.
    """
    (before, old_location), (after, new_location) = (
        _own_server(recorder.old, old, in_new=False),
        _own_server(recorder.new, new, in_new=True),
    )
    old_root, new_root = (next(iter(_document_urls(side)), "") for side in (recorder.old, recorder.new))
    old_url, new_url = urljoin(old_root, before).rstrip("/"), urljoin(new_root, after).rstrip("/")
    if before == after or old_url == new_url:
        return False
    recorder.explained_pointers |= {
        f"{pointer}/servers"
        for operation in (old, new)
        for pointer in (operation.pointer, operation.pointer.rpartition("/")[0])
    }
    is_same_host = urlsplit(old_url)[:2] == urlsplit(new_url)[:2]
    recorder.record(
        "operation-moved" if is_same_host else "operation-server-changed",
        name_tiers,
        before=old_url,
        after=new_url,
        **(new_location if after else old_location),
    )
    return True


def _document_urls(snapshot: Snapshot) -> list[str]:
    return [url_of(server) for server in list_or_empty(snapshot.document.data.get("servers"))]


def _own_server(
    snapshot: Snapshot, operation: DocumentOperation, *, in_new: bool
) -> tuple[str, ChangeLocation]:
    """Return the first server that an operation or its path names, empty if none, and where it stands."""
    path_item: dict[str, Any] = object_or_empty(snapshot.document.data["paths"][operation.path])
    path_pointer = operation.pointer.rpartition("/")[0]
    for pointer, owner in ((operation.pointer, operation.data), (path_pointer, path_item)):
        servers = list_or_empty(owner.get("servers"))
        if servers:
            return url_of(servers[0]), locate_change(f"{pointer}/servers/0", in_new=in_new)
    return "", locate_change(operation.pointer, in_new=in_new)
