"""One row: send it, wait for its job, save its result. What became of it goes to a log.

The log is the coordinator itself, or stands for the one in the scheduler of a cluster.
"""

import asyncio
import time
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, cast

from ..errors import JobTimeoutError, SaveError, SDKError
from ..meta import Meta
from ..response.results import Job, Media, Result, Text, make_meta
from ..response.unexpected import UnexpectedResponseError
from ..streaming.event_streams import AsyncEventStream
from .credits import CreditReader
from .methods import BatchSdk, Methods
from .options import BatchOptions
from .outcomes import NotCarriedOut, read_error
from .rows import ClaimedRow, Outcome, SentJob
from .storage import Storage

# Questions about a job that fail are asked again after so many seconds.
_PAUSE_AFTER_FAILED_QUESTION = 5.0


class Log(Protocol):
    """Takes down what became of rows. Each method returns once it is on the disk."""

    async def submitted(self, row: ClaimedRow, sent_job: SentJob) -> None:
        """Take down the job that a row has started."""
        ...

    async def returned(self, row: ClaimedRow, reply: NotCarriedOut) -> None:
        """Take down that a row was not carried out, so it may be sent again."""
        ...

    async def ended(self, row: ClaimedRow, outcome: Outcome, result: Result | None) -> None:
        """Take down the outcome of a row."""
        ...

    def stop(self, reason: str) -> None:
        """Send no further rows."""
        ...


class Sender(NamedTuple):
    """What sends rows: a client, and where its results go; without a storage they stay in memory."""

    sdk: BatchSdk
    client: Any
    methods: Methods
    storage: Storage | None
    options: BatchOptions
    credits: CreditReader

    async def perform(self, row: ClaimedRow, log: Log) -> None:
        """Do what is left to do for a row. Raises JournalError if the log cannot be written."""
        started, sent_job = time.monotonic(), row.sent_job
        meta: Meta | None = None
        if sent_job is None:
            try:
                result = await self._send(row)
            except SDKError as error:
                reply = read_error(error)
                if isinstance(reply, NotCarriedOut):
                    await log.returned(row, reply)
                else:
                    await log.ended(row, await self._keep_body(row, error, reply), None)
                return
            if not isinstance(result, Job) or row.job not in self.sdk.waits:
                await self._finish(row, log, result, started, None)
                return
            meta = result.meta
            sent_job = SentJob(result.id, dict(result.context))
            await log.submitted(row, sent_job)
        await self._wait_and_finish(row._replace(sent_job=sent_job), log, meta, started)

    async def _send(self, row: ClaimedRow) -> Any:
        # The batch itself repeats what may be repeated, so that the gate and the journal know of each
        # request.
        client = self.client.with_options(max_retries=0, retry_unknown=False)
        arguments = self.methods.keywords(row.job, row.arguments)
        result = await attrgetter(row.job)(client)(**arguments)
        if isinstance(result, AsyncEventStream):
            return Media(content=await result.as_wav(), media_type="audio/wav", data={}, meta=result.meta)
        return result

    async def _wait_and_finish(self, row: ClaimedRow, log: Log, meta: Meta | None, started: float) -> None:
        assert row.sent_job is not None
        job = Job(id=row.sent_job.id, context=row.sent_job.context, data={}, meta=make_meta(0, {}))
        try:
            result = await self._wait(row.job, job, started)
        except SDKError as error:
            reply = read_error(error)
            if isinstance(reply, NotCarriedOut):  # the server no longer knows the key
                reply = Outcome("unknown", error=reply.error)
            if isinstance(error, JobTimeoutError):
                reply = Outcome("unknown", error=f"{error.message}; run the batch again to go on waiting")
            elif reply.state == "rejected":  # the job was carried out, and the server has no result of it
                reply = reply._replace(state="failed")
            await log.ended(row, reply._replace(elapsed=time.monotonic() - started), None)
            return
        await self._finish(row, log, result, started, meta)

    async def _wait(self, job_name: str, job: Job, started: float) -> Result:
        """Return the result of a job. Questions cost nothing, so they are asked until the time is up."""
        wait = attrgetter(self.sdk.waits[job_name])(self.client)
        while True:
            seconds_left = max(1.0, started + self.options.job_timeout - time.monotonic())
            try:
                result: Result = await wait(job, interval=self.options.job_interval, timeout=seconds_left)
                return result
            except SDKError as error:
                reply = read_error(error)
                is_passing = isinstance(reply, NotCarriedOut) and not reply.stops
                is_passing = is_passing or (isinstance(reply, Outcome) and reply.state == "unknown")
                if not is_passing or time.monotonic() - started >= self.options.job_timeout:
                    raise
            await asyncio.sleep(_PAUSE_AFTER_FAILED_QUESTION)

    async def _finish(
        self, row: ClaimedRow, log: Log, result: Any, started: float, meta: Meta | None
    ) -> None:
        """Save a result, and take it down. `meta` is of the answer that says what the row cost."""
        meta = meta or getattr(result, "meta", None)
        outcome = Outcome(
            "done",
            data=_data_of(result),
            job_id=result.id if isinstance(result, Job) else None,
            text=result.text if isinstance(result, Text) else None,
            elapsed=time.monotonic() - started,
            credits=None if meta is None else self.credits.cost(meta),
            status_code=None if meta is None else meta.status_code,
            request_id=None if meta is None else meta.request_id,
        )
        if isinstance(result, Media):
            outcome = outcome._replace(media_type=result.media_type, size=len(result.content))
            if self.storage is not None:
                outcome = await self._save(self.storage, row, log, result, outcome)
        await log.ended(row, outcome, result if self.storage is None else None)

    async def _save(
        self, storage: Storage, row: ClaimedRow, log: Log, result: Media, outcome: Outcome
    ) -> Outcome:
        """Save a file. If that is not possible no further row is sent, for its result would be lost."""
        try:
            saved = await asyncio.to_thread(storage.save, row.id, result.content, result.media_type)
        except (SaveError, OSError) as error:
            log.stop(str(error))
            return outcome._replace(state="failed", error=f"was carried out, and its result is lost: {error}")
        if saved.problem is not None:
            log.stop(f"{saved.problem}; kept in {saved.path}")
        return outcome._replace(path=saved.path, sha256=saved.sha256)

    async def _keep_body(self, row: ClaimedRow, error: SDKError, outcome: Outcome) -> Outcome:
        """Save the body of an answer that was paid for and cannot be read."""
        if self.storage is None or not isinstance(error, UnexpectedResponseError) or not error.body:
            return outcome
        media_type = error.headers.get("content-type", "")
        try:
            kept = await asyncio.to_thread(self.storage.keep_unreadable, row.id, error.body, media_type)
        except (SaveError, OSError):
            return outcome
        return outcome._replace(path=kept.path, sha256=kept.sha256, media_type=media_type, size=kept.size)


def _data_of(result: Any) -> Mapping[str, Any] | None:
    """Return the JSON of a result; None if it has none."""
    if isinstance(result, Result):
        return dict(result.data) or None
    # Methods of other contracts return models, or JSON as it came.
    plain = result.to_dict() if hasattr(result, "to_dict") else result
    if plain is None:
        return None
    return cast("Mapping[str, Any]", plain) if isinstance(plain, dict) else {"value": plain}
