"""Programs that send a client to spawned processes. `python -m tests.programs.spawning NAME URL` runs one.

Each prints one JSON object: what was asked for, and what came. The key is in the environment.
"""

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from eigen_generate import AsyncEigenGenerate, EigenGenerate, EigenGenerateError

PROCESSES = 2
CALLS = 4
# In seconds; a spawned process imports the client anew.
LIMIT = 60

Answers = dict[str, str]


def ask(client: EigenGenerate, prompt: str) -> Answers:
    """Return what the server answers: the process that asked is part of the prompt."""
    prompt = f"{prompt}-{os.getpid()}"
    try:
        content = client.images.generate(model="eigen-image", prompt=prompt).content
    except EigenGenerateError as error:
        return {prompt: f"{type(error).__name__}: {error}"}
    return {prompt: content.removeprefix(b"\x89PNG\r\n\x1a\n").decode()}


def ask_often(client: EigenGenerate, prompt: str) -> Answers:
    with client:
        return {
            asked: answer
            for index in range(CALLS)
            for asked, answer in ask(client, f"{prompt}{index}").items()
        }


def ask_async(client: AsyncEigenGenerate, prompt: str) -> Answers:
    async def run() -> Answers:
        async with client:
            asked = f"{prompt}-{os.getpid()}"
            result = await client.images.generate(model="eigen-image", prompt=asked)
            return {asked: result.content.removeprefix(b"\x89PNG\r\n\x1a\n").decode()}

    return asyncio.run(run())


def _put_answers(client: EigenGenerate, prompt: str, queue: Any) -> None:
    queue.put(ask_often(client, prompt))


def spawn(url: str) -> Answers:
    """Clients that were used before are arguments of spawned processes."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    with EigenGenerate(base_url=url) as client:
        answers = ask(client, "first")
        processes = [
            context.Process(target=_put_answers, args=(client, f"child{index}", queue))
            for index in range(PROCESSES)
        ]
        for process in processes:
            process.start()
        for _ in processes:
            answers |= queue.get(timeout=LIMIT)
        for process in processes:
            process.join()
        return answers | ask(client, "last")


def process_pool(url: str) -> Answers:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool, EigenGenerate(base_url=url) as client:
        answers = ask(client, "first")
        for future in [pool.submit(ask_often, client, f"child{index}") for index in range(PROCESSES)]:
            answers |= future.result(LIMIT)
        return answers


def process_pool_async(url: str) -> Answers:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        client = AsyncEigenGenerate(base_url=url)
        answers = ask_async(client, "first")
        return answers | pool.submit(ask_async, client, "child").result(LIMIT)


PROGRAMS: dict[str, Callable[[str], Answers]] = {
    each.__name__: each for each in (spawn, process_pool, process_pool_async)
}

if __name__ == "__main__":
    print(json.dumps(PROGRAMS[sys.argv[1]](sys.argv[2])))
