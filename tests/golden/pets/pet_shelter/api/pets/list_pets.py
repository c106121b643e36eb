# Built by `python -m generator build` from pets.yaml: edits are lost.
"""GET /pets."""

import datetime
from typing import TypeAlias

from ..._plans.list_pets import RAW
from ..._runtime import codec as _codec
from ..._runtime.raw import Response, Success, parse
from ...client import AsyncPetShelter, PetShelter
from ...models import Kind, ListPetsWhere, Pet
from ...types import UNSET, Unset

Answer: TypeAlias = list[Pet]

_SUCCESSES = (Success("200", {"application/json": list[Pet]}),)


def sync_detailed(
    *,
    client: PetShelter,
    x_trace: str | Unset = UNSET,
    kind: Kind | Unset = UNSET,
    tags: list[str] | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    colours: list[str] | Unset = UNSET,
    where: ListPetsWhere | Unset = UNSET,
    limit: int | Unset = UNSET,
    adopted: bool | None | Unset = UNSET,
    born_after: datetime.date | Unset = UNSET,
    session: str | Unset = UNSET,
) -> Response[Answer]:
    """List pets

    Args:
        x_trace: Comes back in the log.
        tags: Any of these.
        limit: At least 1, at most 100. If left out, the service takes 20.

    Headers:
        X-Total: How many there are in all.
    """
    return parse(
        RAW,
        _SUCCESSES,
        client.core.send(
            RAW,
            {},
            parameters={
                "X-Trace": x_trace,
                "kind": _codec.to_json(kind),
                "tags": _codec.to_json(tags),
                "ids": _codec.to_json(ids),
                "colours": _codec.to_json(colours),
                "where": _codec.to_json(where),
                "limit": limit,
                "adopted": adopted,
                "born-after": _codec.to_json(born_after),
                "session": session,
            },
        ),
    )


def sync(
    *,
    client: PetShelter,
    x_trace: str | Unset = UNSET,
    kind: Kind | Unset = UNSET,
    tags: list[str] | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    colours: list[str] | Unset = UNSET,
    where: ListPetsWhere | Unset = UNSET,
    limit: int | Unset = UNSET,
    adopted: bool | None | Unset = UNSET,
    born_after: datetime.date | Unset = UNSET,
    session: str | Unset = UNSET,
) -> Answer:
    """The same as `sync_detailed`, and only what was parsed."""
    return sync_detailed(
        client=client,
        x_trace=x_trace,
        kind=kind,
        tags=tags,
        ids=ids,
        colours=colours,
        where=where,
        limit=limit,
        adopted=adopted,
        born_after=born_after,
        session=session,
    ).parsed


async def asyncio_detailed(
    *,
    client: AsyncPetShelter,
    x_trace: str | Unset = UNSET,
    kind: Kind | Unset = UNSET,
    tags: list[str] | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    colours: list[str] | Unset = UNSET,
    where: ListPetsWhere | Unset = UNSET,
    limit: int | Unset = UNSET,
    adopted: bool | None | Unset = UNSET,
    born_after: datetime.date | Unset = UNSET,
    session: str | Unset = UNSET,
) -> Response[Answer]:
    """The same as `sync_detailed`, under asyncio."""
    return parse(
        RAW,
        _SUCCESSES,
        await client.core.send(
            RAW,
            {},
            parameters={
                "X-Trace": x_trace,
                "kind": _codec.to_json(kind),
                "tags": _codec.to_json(tags),
                "ids": _codec.to_json(ids),
                "colours": _codec.to_json(colours),
                "where": _codec.to_json(where),
                "limit": limit,
                "adopted": adopted,
                "born-after": _codec.to_json(born_after),
                "session": session,
            },
        ),
    )


async def asyncio(
    *,
    client: AsyncPetShelter,
    x_trace: str | Unset = UNSET,
    kind: Kind | Unset = UNSET,
    tags: list[str] | Unset = UNSET,
    ids: list[int] | Unset = UNSET,
    colours: list[str] | Unset = UNSET,
    where: ListPetsWhere | Unset = UNSET,
    limit: int | Unset = UNSET,
    adopted: bool | None | Unset = UNSET,
    born_after: datetime.date | Unset = UNSET,
    session: str | Unset = UNSET,
) -> Answer:
    """The same as `asyncio_detailed`, and only what was parsed."""
    return (
        await asyncio_detailed(
            client=client,
            x_trace=x_trace,
            kind=kind,
            tags=tags,
            ids=ids,
            colours=colours,
            where=where,
            limit=limit,
            adopted=adopted,
            born_after=born_after,
            session=session,
        )
    ).parsed
