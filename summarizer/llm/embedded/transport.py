"""The embedded model: llama.cpp inside this process, behind the same transport seam as any endpoint.

The only module that knows xllamacpp. Weights are fetched, checked and loaded at the first request, so a run that finds
every answer at hand loads nothing. One request at a time on a machine, across processes: two that share the cores slow
each other five to ten times (llama.cpp's threads spin).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from summarizer.errors import WeightsError
from summarizer.llm.embedded.catalogue import CATALOGUE, Weights
from summarizer.llm.embedded.weights import pull
from summarizer.llm.profiles import EMBEDDED_CONTEXT
from summarizer.locking import alone
from summarizer.progress import Progress

ANSWER_FIELDS = ("id", "object", "created", "model", "choices", "usage")

Result = TypeVar("Result")
Load = Callable[[Weights, Path, Progress], Any]  # gives an xllamacpp.Server, which ships no types


class EmbeddedTransport(httpx2.BaseTransport):
    """Answers chat-completion requests with the weights called `name`, one at a time: other threads wait."""

    def __init__(self, name: str, *, folder: Path, progress: Progress, load: Load | None = None) -> None:
        self._load = load or _load
        self._weights = CATALOGUE[name]
        self._folder = folder
        self._progress = progress
        self._server: Any = None  # xllamacpp ships no types
        self._lock = threading.RLock()

    def load(self) -> None:
        """Have the model in memory from now on; otherwise the first request loads it. Raises WeightsError."""
        with self._lock:
            if self._server is None:
                self._server = self._load(self._weights, self._folder, self._progress)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The model's answer, or the error that llama.cpp reports, with its status. Raises WeightsError."""
        body = json.loads(request.read())
        with self._lock, self._turn():
            self.load()
            answer = self._server.handle_chat_completions(body)
        if "error" in answer:
            return httpx2.Response(answer["error"].get("code", 500), json=answer)
        return httpx2.Response(200, json={field: answer[field] for field in ANSWER_FIELDS} | {"model": body["model"]})

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with ExitStack() as stack:
            with suppress(OSError):  # a folder that is read-only: better slow than not at all
                lock = self._folder / "one-at-a-time.lock"
                stack.enter_context(alone(lock, on_wait=lambda: self._progress.waiting("another process uses the model")))
            yield


def _load(weights: Weights, folder: Path, progress: Progress) -> Any:
    path = pull(weights, folder=folder, progress=progress)
    progress.waiting(f"loading {weights.name}")
    return _server(path)


def _server(path: Path) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = os.fspath(path)
    params.n_ctx = EMBEDDED_CONTEXT
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cache_ram_mib = 0  # the server's own cache of prompts would take up to 8 GB
    params.warmup = False
    params.verbosity = -1
    try:
        return xllamacpp.Server(params)
    except Exception as error:
        raise WeightsError(
            f"{os.fspath(path)!r} cannot be loaded: {error}. Free some memory, or name another model."
        ) from error
