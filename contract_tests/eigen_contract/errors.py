"""Errors that end a run: the judge could not judge (exit status 2)."""


class CannotJudgeError(Exception):
    """The run cannot go on. The message is one line: what, where, and what to do."""


class NoAnswerError(CannotJudgeError):
    """A request got no whole answer. From a server that has answered others, that is a finding."""


class StoppedError(CannotJudgeError):
    """Nothing more may be sent. What was judged until then stands."""


class BudgetSpentError(StoppedError):
    """As many requests were sent as were allowed."""
