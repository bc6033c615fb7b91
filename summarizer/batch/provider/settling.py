"""Every batch that was intended, sent once, watched, and collected, until none is open.

What was intended by a process that died may or may not have been sent: it is looked for under our id, and gone on with where it
is there; where it is not, it is dropped, and the round that follows notes its questions again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from summarizer.batch.provider.batches import Batch, Batches, Count
from summarizer.batch.provider.collecting import Collecting
from summarizer.batch.provider.wire import BatchApi, Gone, Remote
from summarizer.errors import AnswerError, OutputError
from summarizer.llm.attempts import Clock
from summarizer.llm.metering import Taken

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
"""The others are validating, in_progress, finalizing and cancelling."""
TOO_MUCH = "token_limit_exceeded"
"""The code of a batch that was not taken since too many tokens wait already."""
_SHORTEST_PAUSE, _LONGEST_PAUSE, _GROWTH = 1.0, 60.0, 1.5
_UNDER_WAY = 5.0
"""Seconds for which a request of somebody who died may still be on its way to the provider."""


class Settling:
    """Settles the batches of a run."""

    def __init__(
        self,
        batches: Batches,
        api: BatchApi,
        collecting: Collecting,
        *,
        folder: Path,
        clock: Clock,
        say: Callable[[str], None],
        drop_gone: bool = False,
    ) -> None:
        """`folder`: where files are while they are on their way. `say` is told how far the provider is.

        `drop_gone`: let batches go of which the provider knows nothing any more, whose questions are then asked anew.
        """
        self._batches = batches
        self._api = api
        self._collecting = collecting
        self._folder = folder
        self._clock = clock
        self._say = say
        self._drop_gone = drop_gone
        self._said: dict[str, str] = {}  # by our id
        self._is_full = False

    def resume(self) -> None:
        """Find out what became of the batches that were intended before. Raises AnswerError, OutputError."""
        for batch in self._batches.open():
            if batch.provider_id:
                continue
            wait = batch.sent + _UNDER_WAY - time.time()
            if wait > 0:
                self._clock.sleep(wait)
            remote = self._api.find(batch.id)
            if remote is None:
                self._batches.drop(batch, "not sent")
            else:
                self._batches.submitted(batch, remote.id)

    def settle(self) -> Taken:
        """Send, watch and collect until no batch is open; gives what those took that came back.

        Raises AnswerError for what the provider does not take, and OutputError.
        """
        taken, pause = Taken(), _SHORTEST_PAUSE
        while open_ := self._batches.open():
            ended = Taken()
            for batch in open_:
                ended += self._further_or_gone(batch)
            taken += ended
            pause = _SHORTEST_PAUSE if ended.calls else min(_LONGEST_PAUSE, pause * _GROWTH)
            if self._batches.open():
                self._clock.sleep(pause)
        return taken

    def _further_or_gone(self, batch: Batch) -> Taken:
        """Likewise, of a batch that the provider may have forgotten. Raises AnswerError where it is not to be let go."""
        try:
            return self._further(batch)
        except Gone as gone:
            if not self._drop_gone:
                raise AnswerError(
                    f"{gone}; where the batch or its results were deleted, --retry-failed asks anew, and pays anew"
                ) from None
            self._batches.drop(batch, "gone")
            return Taken()

    def _further(self, batch: Batch) -> Taken:
        """Do with this batch what can be done now; gives what it took, if it came back."""
        if not batch.provider_id:
            if not self._is_full:
                self._submit(batch)
            return Taken()
        remote = self._api.look(batch.provider_id)
        self._tell(batch, f"batch {remote.id} is {remote.status}, {remote.done:,} of {batch.lines:,} lines done")
        if remote.status not in ENDED:
            return Taken()
        self._is_full = False
        if remote.status == "failed" and not remote.files:
            self._failed(batch, remote)
            return Taken()
        return self._collect(batch, remote)

    def _submit(self, batch: Batch) -> None:
        with self._files() as folder:
            path = folder / "batch.jsonl"
            with path.open("wb") as file:
                file.writelines(self._batches.file_of(batch))
            sent = self._api.upload(path, name=f"summarizer-{batch.id}.jsonl")
        self._batches.uploaded(batch, sent)
        remote = self._api.submit(batch.id, file=sent, before=lambda: self._batches.sending(batch))
        self._batches.submitted(batch, remote.id)

    def _collect(self, batch: Batch, remote: Remote) -> Taken:
        with self._files() as folder:
            files = [folder / str(number) for number in range(len(remote.files))]
            for id, path in zip(remote.files, files, strict=True):
                self._api.download(id, path, lines=batch.lines)
            count = self._collecting.collect(batch, remote.status, files)
        self._tell(batch, f"batch {remote.id} is {remote.status}: {_counted(count)}")
        if remote.status == "cancelled":
            raise AnswerError(
                f"batch {remote.id!r} was cancelled at the provider: what came is kept, call again to ask for the rest"
            )
        return self._batches.taken(batch)

    def _failed(self, batch: Batch, remote: Remote) -> None:
        """Nothing of it was asked. Where too much waits already it is sent later, or in halves."""
        words = "; ".join(f"{code}: {said}" for code, said in remote.faults) or "it does not say why"
        if not any(code == TOO_MUCH for code, _ in remote.faults) or batch.lines == 1:
            self._batches.drop(batch, remote.status)
            raise AnswerError(f"the provider did not take batch {remote.id!r} ({words}): nothing of it was asked")
        others_wait = any(other.provider_id and other.id != batch.id for other in self._batches.open())
        self._is_full = others_wait
        self._batches.divide(batch, parts=1 if others_wait else 2)
        self._tell(batch, f"batch {remote.id} was too much at once ({words}): {'later' if others_wait else 'in halves'}")

    @contextmanager
    def _files(self) -> Iterator[Path]:
        """A folder for files that are on their way. Raises OutputError where one cannot be written."""
        try:
            with TemporaryDirectory(prefix="batch-", dir=self._folder) as folder:
                yield Path(folder)
        except OSError as error:
            raise OutputError(f"the files of a batch cannot be written in {str(self._folder)!r} ({error})") from error

    def _tell(self, batch: Batch, words: str) -> None:
        if self._said.get(batch.id) != words:
            self._said[batch.id] = words
            self._say(words)


def _counted(count: Count) -> str:
    told = f"{count.lines:,} lines, {count.answered:,} answered, {count.errors:,} with errors, {count.missing:,} missing"
    others = (("doubled", count.doubled), ("unknown", count.unknown), ("broken", count.broken))
    return ", ".join([told, *(f"{number:,} {name}" for name, number in others if number)])
