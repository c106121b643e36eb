"""Programs that use a client, fork, and go on using it. `python -m tests.programs.forking NAME URL` runs one.

Each prints one JSON object: what each process asked for and what it got. A program is a process of its own,
because a test that forks would take the threads of pytest for its own.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from typing import Any

import httpx

from generator.runtime.client.core import Core
from generator.runtime.client.core_async import AsyncCore
from generator.runtime.errors import SDKError
from tests.runtime import calls

CHILDREN = 3
CALLS = 8
# In seconds. A child that waits for a lock which nobody releases ends by SIGALRM.
LIMIT = 30

Answers = dict[str, str]


def ask(core: Core, prompt: str) -> str:
    """Return what the server answers: the prompt, if the answer is the right one."""
    try:
        return core.call(calls.PAINT, {"model": "m", "prompt": prompt}).content.decode()
    except SDKError as error:
        return f"{type(error).__name__}: {error}"


async def ask_async(core: AsyncCore, prompt: str) -> str:
    try:
        return (await core.call(calls.PAINT, {"model": "m", "prompt": prompt})).content.decode()
    except SDKError as error:
        return f"{type(error).__name__}: {error}"


def in_child(work: Callable[[], Answers]) -> Callable[[], Answers]:
    """Begin `work` in a forked process that ends like a program; what is returned waits for its answers."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT)
        os.write(writer, json.dumps(work()).encode())
        sys.exit()
    os.close(writer)

    def wait() -> Answers:
        with os.fdopen(reader, "rb") as file:
            answers: Answers = json.loads(file.read() or b'{"child": "ended without an answer"}')
        os.waitpid(child, 0)
        return answers

    return wait


def ask_often(core: Core, process: str) -> Answers:
    return {prompt: ask(core, prompt) for prompt in (f"{process}-{index}" for index in range(CALLS))}


def ask_once(core: Core, prompt: str) -> Answers:
    return {prompt: ask(core, prompt)}


def merge(all_answers: Iterable[Answers]) -> Answers:
    return {prompt: answer for answers in all_answers for prompt, answer in answers.items()}


def os_fork(core: Core) -> Answers:
    first = {"first": ask(core, "first")}
    waits = [in_child(partial(ask_often, core, f"child{index}")) for index in range(CHILDREN)]
    parent = ask_often(core, "parent")
    return merge([first, parent, *(wait() for wait in waits)])


def _put_answers(core: Core, process: str, queue: Any) -> None:
    queue.put(ask_often(core, process))


def multiprocessing_fork(core: Core) -> Answers:
    first = {"first": ask(core, "first")}
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    arguments = [(core, f"child{index}", queue) for index in range(CHILDREN)]
    processes = [context.Process(target=_put_answers, args=each) for each in arguments]
    for process in processes:
        process.start()
    parent = ask_often(core, "parent")
    answers = [queue.get(timeout=LIMIT) for _ in processes]
    for process in processes:
        process.join()
    return merge([first, parent, *answers])


def _serve_requests(core: Core, listener: socket.socket) -> Answers:
    """Work as a worker process: answer each request with what the client gets for its path."""
    while True:
        connection, _ = listener.accept()
        with connection:
            path = connection.recv(65536).split(b" ")[1].decode()[1:]
            if path == "stop":
                return {}
            answer = ask(core, path).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer)


def prefork_server(core: Core) -> Answers:
    """A server that loads its application, which uses the client, and then forks its workers."""
    first = {"first": ask(core, "first")}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        waits = [in_child(lambda: _serve_requests(core, listener)) for _ in range(CHILDREN)]
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        prompts = [f"request{index}" for index in range(CHILDREN * CALLS)]
        answers = _get_concurrently(url, prompts)
        for _ in waits:
            with socket.create_connection(listener.getsockname()) as connection:
                connection.sendall(b"GET /stop HTTP/1.1\r\n\r\n")
        for wait in waits:
            wait()
    return {**first, **answers}


def _get_concurrently(url: str, prompts: list[str]) -> Answers:
    answers: Answers = {}

    def get(prompt: str) -> None:
        answers[prompt] = httpx.get(url + prompt, trust_env=False, timeout=LIMIT).text

    threads = [threading.Thread(target=get, args=(prompt,)) for prompt in prompts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def event_loops(core: AsyncCore) -> Answers:
    """A loop before the fork, and others after it in each process."""

    async def gather(process: str) -> Answers:
        prompts = [f"{process}-{index}" for index in range(CALLS)]
        answers = await asyncio.gather(*(ask_async(core, prompt) for prompt in prompts))
        return dict(zip(prompts, answers, strict=True))

    def run_in_loop(process: str) -> Answers:
        return asyncio.run(gather(process))

    first = {"first": asyncio.run(ask_async(core, "first"))}
    waits = [in_child(partial(run_in_loop, f"child{index}")) for index in range(CHILDREN)]
    return merge([first, asyncio.run(gather("parent")), *(wait() for wait in waits)])


def event_loop_kept(core: AsyncCore) -> Answers:
    """A loop that is open at the fork: the parent goes on in it, and the child has one of its own."""

    async def in_turn(process: str) -> Answers:
        prompts = [f"{process}-{index}" for index in range(CALLS)]
        return {prompt: await ask_async(core, prompt) for prompt in prompts}

    async def in_turn_and_close(process: str) -> Answers:
        answers = await in_turn(process)
        await core.close()
        return answers

    with closing(asyncio.new_event_loop()) as loop:
        first = {"first": loop.run_until_complete(ask_async(core, "first"))}
        wait = in_child(lambda: asyncio.run(in_turn_and_close("child")))
        child = wait()
        parent = loop.run_until_complete(in_turn_and_close("parent"))
        loop.run_until_complete(loop.shutdown_asyncgens())
    return merge([first, child, parent])


def fork_amid_calls(core: Core) -> Answers:
    """Fork again and again while other threads are calling, and so may hold any lock."""
    is_over = threading.Event()
    # The first call imports modules, and the interpreter's locks of an import outlive a fork.
    answers: Answers = {"first": ask(core, "first")}

    def call(thread: str) -> None:
        index = 0
        while not is_over.is_set():
            prompt = f"{thread}-{index}"
            answers[prompt] = ask(core, prompt)
            index += 1

    threads = [threading.Thread(target=call, args=(f"thread{index}",)) for index in range(2)]
    for thread in threads:
        thread.start()
    try:
        for index in range(10):
            answers |= in_child(partial(ask_once, core, f"child{index}"))()
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    return answers


def child_closes(core: Core) -> Answers:
    """The child uses the client, closes it and ends; the parent's connection must live on."""

    def work() -> Answers:
        with closing(core):
            return {"child": ask(core, "child")}

    first = {"first": ask(core, "first")}
    return merge([first, in_child(work)(), {"parent": ask(core, "parent")}])


def stream(core: Core) -> Answers:
    """The child reads and closes a stream of its parent's, which then reads it to its end."""

    def read(audio: Any) -> str:
        try:
            return b"".join(audio).decode()
        except SDKError as error:
            return type(error).__name__
        finally:
            audio.close()

    audio = core.open(calls.SPEAK, {"model": "m", "prompt": "p"})
    start = next(audio).decode()
    child = in_child(lambda: {"child": read(audio)})()
    return {"start": start, **child, "parent": read(audio)}


def callers_client(url: str, *, use: bool) -> Answers:
    """A client that the caller made before the fork, and used then if `use`."""
    with httpx.Client(trust_env=False) as http_client:
        core = Core(calls.SETTINGS, api_key="test-key", base_url=url, http_client=http_client)
        before = {"first": ask(core, "first")} if use else {}
        child = in_child(lambda: {"child": ask(core, "child")})()
        return {**before, **child, "parent": ask(core, "parent")}


def callers_async_client(url: str) -> Answers:
    async def before_and_after() -> Answers:
        async with httpx.AsyncClient(trust_env=False) as http_client:
            core = AsyncCore(calls.SETTINGS, api_key="test-key", base_url=url, http_client=http_client)
            first = await ask_async(core, "first")

            def work() -> Answers:
                # What `asyncio.run` refuses only because the parent's loop runs.
                return {"child": _run_without_loop(ask_async(core, "child"))}

            return {"first": first, **in_child(work)(), "parent": await ask_async(core, "parent")}

    return asyncio.run(before_and_after())


def _run_without_loop(steps: Any) -> str:
    try:
        steps.send(None)
    except StopIteration as end:
        return str(end.value)
    steps.close()
    return "waited for an event loop"


PROGRAMS: dict[str, Callable[[Core], Answers]] = {
    each.__name__: each
    for each in (
        os_fork, multiprocessing_fork, prefork_server, fork_amid_calls, child_closes, stream,
    )
}  # fmt: skip
ASYNC_PROGRAMS: dict[str, Callable[[AsyncCore], Answers]] = {
    each.__name__: each for each in (event_loops, event_loop_kept)
}


def main(name: str, url: str) -> None:
    if name in PROGRAMS:
        answers = PROGRAMS[name](Core(calls.SETTINGS, api_key="test-key", base_url=url, timeout=LIMIT / 2))
    elif name in ASYNC_PROGRAMS:
        core = AsyncCore(calls.SETTINGS, api_key="test-key", base_url=url, timeout=LIMIT / 2)
        answers = ASYNC_PROGRAMS[name](core)
    elif name == "callers_async_client":
        answers = callers_async_client(url)
    else:
        answers = callers_client(url, use=name == "callers_used_client")
    print(json.dumps(answers))


if __name__ == "__main__":
    main(*sys.argv[1:])
