"""Many requests with a journal: rows are validated, sent through one gate, and never paid for twice.

`reading`       rows of a file, a frame or any iterable, one at a time
`methods`       what a client can do by name, and whether the arguments of a row fit
`annotations`   values of a row, checked and read by the annotation of their parameter
`importing`     from rows that were read to a journal, and whether a journal belongs to them
`journal`       what is known of each row, in SQLite
`group_commit`  many changes of a journal in one transaction
`gate`          when the next request may leave: places, rate, budget, and what a 429 asks for
`coordinator`   hands out rows and takes down what became of them: the journal and the gate, held once
`sending`       one row: send it, wait for its job, save its result
`outcomes`      what an error means for a row
`storage`       files of results, in a folder or anywhere that fsspec reaches
`folder`        the folder of a batch, and its lock
`index`         all rows with their outcomes, as JSONL and Parquet
`running`       a whole run in an event loop, and for callers without one
`options`       what a caller can choose
`frames`        frames of pandas and polars in and out, by way of Arrow
`on_dask`       the same on a cluster of Dask: starts it, and follows it
`dask_scheduler`, `dask_worker`   the coordinator in the scheduler, and what each worker does
`progress`, `report`   what people see
`rows`, `errors`, `optional`   values and errors that all use, and packages that may be missing
"""
