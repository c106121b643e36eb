"""Hands out rows and takes down what became of them: the journal and the gate of a batch, held once.

It lives in the event loop of the run, or in the scheduler of a cluster.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from ..response.results import Result
from .gate import Gate
from .group_commit import GroupCommit
from .journal import Ended, Journal, Returned, Sent, Submitted
from .options import BatchOptions
from .outcomes import NotCarriedOut
from .rows import ClaimedRow, Counts, Outcome, RowResult, SentJob
from .storage import Storage

# Refusals of one row for the rate that are no failure: a busy server may well refuse twice.
_REFUSALS_OF_A_ROW = 10
NO_CREDITS = "the answers do not say what they cost, so credits cannot be a budget; use a budget of requests"
_STOPPED = "the run was stopped before an answer came"

OnResult = Callable[[RowResult], Awaitable[None]]


class Coordinator:
    """Everything that is decided for the batch as a whole. One event loop uses it."""

    def __init__(
        self, journal: Journal, options: BatchOptions, storage: Storage | None, on_result: OnResult
    ) -> None:
        self._options = options
        self._storage = storage
        self._on_result = on_result
        self._gate = Gate(options)
        self._commits = GroupCommit(journal)
        self._journal = journal
        self._counts = journal.counts()
        self._claiming = asyncio.Lock()
        self._returned: deque[ClaimedRow] = deque()
        self._read_ahead: deque[ClaimedRow] = deque()
        self._last_job = self._last_new = 0
        self._under_way: dict[int, tuple[ClaimedRow, float]] = {}
        self._row_ended = asyncio.Event()
        self._failures_in_a_row = 0
        self._refusals: dict[int, int] = {}
        self._knows_cost = False
        self._stopped = asyncio.Event()
        self._over = asyncio.Event()
        self._has_more = True
        self.stop_reason: str | None = None
        self.is_failure = False

    @property
    def counts(self) -> Counts:
        """The rows by state, those under way included."""
        return self._counts

    def stop(self, reason: str, *, is_failure: bool = True) -> None:
        """Hand out no further rows; the first reason counts. A budget or a caller is no failure."""
        if self.stop_reason is None:
            self.stop_reason, self.is_failure = reason, is_failure
        self._stopped.set()
        self._gate.stop()
        self._row_ended.set()
        self._hand_out_no_more()

    async def claim(self) -> ClaimedRow | None:
        """Return the next row once its request may leave; None if there are no more. Raises JournalError."""
        async with self._claiming:
            row = await self._next_row() if self._has_more else None
            if row is None:
                self._hand_out_no_more()
                return None
            entered = await self._gate.enter()
            if self._reason_to_stop(row) is not None:  # it may have come while this waited at the gate
                self._gate.leave()
                return None
            self._under_way[row.number] = row, entered
            if row.sent_job is None:
                self._change(new=-1, sent=1, requests=1)
        if row.sent_job is None:
            await self._commits.write(Sent(row.number))
        return row._replace(attempts=row.attempts + (row.sent_job is None))

    async def _next_row(self) -> ClaimedRow | None:
        while True:
            self._row_ended.clear()
            row = await self._peek()
            if row is not None and self._reason_to_stop(row) is None and not self._must_wait(row):
                (
                    self._returned if self._returned and self._returned[0] is row else self._read_ahead
                ).popleft()
                return row
            if self.stop_reason is not None or not self._under_way:
                return None
            await self._row_ended.wait()  # a row under way may come back, and so may its part of the budget

    async def _peek(self) -> ClaimedRow | None:
        if self._returned:
            return self._returned[0]
        if not self._read_ahead:
            self._read_ahead.extend(await self._read_more())
        return self._read_ahead[0] if self._read_ahead else None

    async def _read_more(self) -> Sequence[ClaimedRow]:
        """Read rows of the journal: first those whose jobs go on, then new ones."""
        rows = (
            await self._commits.run(self._journal.running_jobs, self._last_job) if self._last_job >= 0 else []
        )
        if rows:
            self._last_job = rows[-1].number
            return rows
        self._last_job = -1  # jobs that this run starts are under way, and not to be read
        rows = await self._commits.run(self._journal.new_rows, self._last_new)
        if rows:
            self._last_new = rows[-1].number
        return rows

    def _must_wait(self, row: ClaimedRow) -> bool:
        """Whether a row has to wait for one that is under way."""
        if row.sent_job is not None:
            return False
        if self._options.credit_budget is not None and not self._knows_cost and self._under_way:
            return True  # the first answer says whether there can be such a budget
        return self._budget_is_used_up and bool(self._under_way)

    @property
    def _budget_is_used_up(self) -> bool:
        return self._options.budget is not None and self._counts.requests >= self._options.budget

    def _reason_to_stop(self, row: ClaimedRow) -> str | None:
        """Return why no further row may be sent, and remember it."""
        options, counts = self._options, self._counts
        problem = self._storage.problem(len(self._under_way)) if self._storage is not None else None
        if problem is not None:
            self.stop(problem)
        elif row.sent_job is not None:
            pass  # a question about a job costs nothing
        elif options.credit_budget is not None and counts.credits >= options.credit_budget:
            self.stop(f"the budget of {options.credit_budget:g} credits is used up", is_failure=False)
        elif self._budget_is_used_up and not self._under_way:
            self.stop(f"the budget of {options.budget} requests is used up", is_failure=False)
        return self.stop_reason

    def _hand_out_no_more(self) -> None:
        self._has_more = False
        self._note_end()

    def _note_end(self) -> None:
        if not self._has_more and not self._under_way:
            self._over.set()

    async def wait_until_over(self) -> None:
        """Return when no row is under way and none will be handed out."""
        await self._over.wait()

    async def wait_for_stop(self) -> None:
        """Return when no further rows are handed out for a reason."""
        await self._stopped.wait()

    async def submitted(self, row: ClaimedRow, sent_job: SentJob) -> None:
        """See Log."""
        await self._commits.write(Submitted(row.number, sent_job))
        self._under_way[row.number] = row._replace(sent_job=sent_job), self._under_way[row.number][1]

    async def returned(self, row: ClaimedRow, reply: NotCarriedOut) -> None:
        """See Log."""
        await self._commits.write(Returned(row.number))
        entered = self._leave(row)
        self._change(new=1, sent=-1, requests=-1)
        is_news = self._gate.refuse(entered, reply.retry_after)
        refusals = self._refusals[row.number] = self._refusals.get(row.number, 0) + 1
        is_failure = not reply.is_rate_limit or refusals >= _REFUSALS_OF_A_ROW
        if reply.stops:
            self.stop(reply.error)
        elif is_failure and is_news:
            self._count_failure(reply.error)
        self._returned.append(row)
        self._row_ended.set()

    async def ended(self, row: ClaimedRow, outcome: Outcome, result: Result | None) -> None:
        """See Log."""
        await self._commits.write(Ended(row.number, outcome))
        self._leave(row)
        self._refusals.pop(row.number, None)
        self._change(sent=-1, **{outcome.state: 1}, requests=-(outcome.state == "rejected"))
        self._count_cost(row, outcome)
        if outcome.state == "done":
            self._failures_in_a_row = 0
            self._gate.succeed()
        else:
            self._count_failure(outcome.error or outcome.state)
        self._row_ended.set()
        await self._on_result(row_result(row, outcome, result))

    def _count_cost(self, row: ClaimedRow, outcome: Outcome) -> None:
        self._counts = self._counts._replace(credits=self._counts.credits + (outcome.credits or 0.0))
        if outcome.state != "done":
            return
        self._knows_cost = True
        # A job that an earlier run has sent does not say again what it cost.
        if self._options.credit_budget is not None and outcome.credits is None and row.sent_job is None:
            self.stop(NO_CREDITS)

    def _count_failure(self, error: str) -> None:
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= self._options.max_failures:
            self.stop(f"{self._failures_in_a_row} failures in a row, the last one: {error}")

    def _leave(self, row: ClaimedRow) -> float:
        """Free the place of a row, and return when it entered the gate."""
        _, entered = self._under_way.pop(row.number)
        self._gate.leave()
        self._note_end()
        return entered

    async def take_back(self, row: ClaimedRow) -> None:
        """Take a row back that was claimed and never left: whoever claimed it is gone."""
        if row.sent_job is None:
            await self._commits.write(Returned(row.number))
            self._change(new=1, sent=-1, requests=-1)
        self._leave(row)
        self._returned.append(row)
        self._row_ended.set()

    def _change(self, **changes: int) -> None:
        values = self._counts._asdict()
        self._counts = self._counts._replace(
            **{name: values[name] + change for name, change in changes.items()}
        )

    async def give_up(self) -> None:
        """Mark rows under way as unknown; those with jobs stay, because a job can be asked for again."""
        for number in list(self._under_way):
            await self.lose(number, _STOPPED)

    async def lose(self, number: int, reason: str) -> None:
        """Take down that it is no longer known what becomes of a row, and why. Its job is asked for again."""
        if number not in self._under_way:
            return
        row, _ = self._under_way[number]
        if row.sent_job is None:
            await self.ended(row, Outcome("unknown", error=reason), None)
            return
        self._leave(row)
        self._returned.append(row)
        self._row_ended.set()

    async def close(self) -> None:
        """Write what is waiting. The journal stays open."""
        await self._commits.close()


def row_result(row: ClaimedRow, outcome: Outcome, result: Result | None = None) -> RowResult:
    """Return a row and its outcome as callers see them."""
    values = outcome._asdict()
    state, job_id = values.pop("state"), values.pop("job_id")
    if row.sent_job is not None:
        job_id = row.sent_job.id
    return RowResult(
        id=row.id,
        line=row.line,
        job=row.job,
        status=state,
        attempts=row.attempts,
        job_id=job_id,
        result=result,
        **values,
    )
