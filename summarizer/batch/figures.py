"""How far a run is: what anybody can see who opens it, also while others work on it."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.batch.store import Store

_UNREAD_SHOWN = 5
_RECENT = 300.0
"""Seconds over which the rate is taken."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the last corpus of a run under its last configuration.

    `entries` of the corpus so far, `complete` if that is all; `unread` of them gave no document, `same` are documents that
    came before. `waiting`, `claimed`, `done` and `failed` are documents, `failures` those that failed by their class.
    `with_gaps` and `doubtful` are briefings. `calls` are the answers that came, whatever became of them; they, their tokens and
    `cost` (US dollars, None where it is not known) are those of the whole run, since its configurations share answers. `rate`
    is documents a second of late, 0 where nothing was done. `at_provider` are questions in batches of a provider that
    nothing came of yet, of the whole run.
    """

    corpus: str
    configuration: str
    entries: int
    complete: bool
    unread: int
    same: int
    waiting: int
    claimed: int
    done: int
    failed: int
    failures: dict[str, int]
    unread_because: list[str]
    with_gaps: int
    doubtful: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    rate: float
    at_provider: int

    @property
    def left(self) -> int:
        """Documents that are neither done nor failed."""
        return self.waiting + self.claimed

    @property
    def seconds_left(self) -> float | None:
        """At this rate; None where there is none."""
        return self.left / self.rate if self.rate else None


def figures(store: Store, corpus: int, configuration: int) -> Figures:
    """Those of this corpus under this configuration, all of one moment. Raises OutputError."""
    with store.snapshot():
        return _figures(store, corpus, configuration)


def _figures(store: Store, corpus: int, configuration: int) -> Figures:
    named, complete = store.row("SELECT named, complete FROM corpora WHERE id = ?", (corpus,)) or ("", 0)
    content = (store.row("SELECT content FROM configurations WHERE id = ?", (configuration,)) or ("",))[0]
    counted = "SELECT count(*), count(failure), count(DISTINCT document) FROM entries WHERE corpus = ?"
    entries, unread, different = store.row(counted, (corpus,)) or (0, 0, 0)
    states = _states(store, corpus, configuration)
    calls, prompt, completion, cost = _spent(store)
    gaps, doubtful = _with_gaps_and_doubtful(store, corpus, configuration)
    return Figures(
        corpus=named,
        configuration=content,
        entries=entries,
        complete=bool(complete),
        unread=unread,
        same=entries - unread - different,
        waiting=states.get("waiting", 0),
        claimed=states.get("claimed", 0),
        done=states.get("done", 0),
        failed=states.get("failed", 0),
        failures=_failures(store, corpus, configuration),
        unread_because=_unread_because(store, corpus),
        with_gaps=gaps,
        doubtful=doubtful,
        calls=calls,
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=cost,
        rate=_rate(store, configuration),
        at_provider=_at_provider(store),
    )


def latest(store: Store) -> tuple[int, int] | None:
    """The corpus and the configuration of the last call of `batch`; None in a run that was never begun."""
    return store.row("SELECT corpus, configuration FROM last")


def remember(store: Store, corpus: int, configuration: int) -> None:
    """From now on these are the `latest`."""
    store.write("INSERT OR REPLACE INTO last (only, corpus, configuration) VALUES (1, ?, ?)", (corpus, configuration))


def _of_corpus(store: Store, corpus: int, *, document: str = "document") -> tuple[str, tuple[int, ...]]:
    """A condition that leaves what is of this corpus. Where there is no other, all is: that is counted faster."""
    if store.row("SELECT count(*) FROM corpora") == (1,):
        return "", ()
    return f" AND {document} IN (SELECT document FROM entries WHERE corpus = ?)", (corpus,)  # noqa: S608 - ours


def _states(store: Store, corpus: int, configuration: int) -> dict[str, int]:
    """How many documents are in each state."""
    mine, values = _of_corpus(store, corpus)
    counted = f"SELECT state, count(*) FROM tasks WHERE configuration = ?{mine} GROUP BY state"  # noqa: S608 - ours
    return dict(store.rows(counted, (configuration, *values)))


def _spent(store: Store) -> tuple[int, int, int, float | None]:
    """Answers, their prompt and completion tokens, and what they cost; None where that is not known of each."""
    query = "SELECT count(*), sum(prompt_tokens), sum(completion_tokens), total(cost), count(cost) = count(*) FROM answers"
    calls, prompt, completion, cost, is_known = store.row(query) or (0, 0, 0, 0.0, 1)
    return calls, prompt or 0, completion or 0, cost if is_known else None


def _with_gaps_and_doubtful(store: Store, corpus: int, configuration: int) -> tuple[int, int]:
    mine, values = _of_corpus(store, corpus)
    query = f"SELECT sum(gaps > 0), sum(flagged > 0 OR withheld > 0) FROM briefings WHERE configuration = ?{mine}"  # noqa: S608
    gaps, doubtful = store.row(query, (configuration, *values)) or (0, 0)
    return gaps or 0, doubtful or 0


def _failures(store: Store, corpus: int, configuration: int) -> dict[str, int]:
    """How many documents failed last by each class. The join is crossed so that it goes out from the few that failed."""
    mine, values = _of_corpus(store, corpus, document="t.document")
    return dict(
        store.rows(
            "SELECT outcome, count(*) FROM attempts WHERE id IN (SELECT max(a.id) FROM tasks t CROSS JOIN attempts a"  # noqa: S608
            " ON t.configuration = a.configuration AND t.document = a.document"
            f" WHERE t.configuration = ? AND t.state = 'failed'{mine} GROUP BY a.document)"
            " GROUP BY outcome ORDER BY outcome",
            (configuration, *values),
        )
    )


def _unread_because(store: Store, corpus: int) -> list[str]:
    """Why the first of those gave no document that gave none."""
    query = "SELECT failure FROM entries WHERE corpus = ? AND failure IS NOT NULL ORDER BY position LIMIT ?"
    return [why for (why,) in store.rows(query, (corpus, _UNREAD_SHOWN))]


def _at_provider(store: Store) -> int:
    query = (
        "SELECT count(*) FROM provider_lines WHERE state = 'asked'"
        " AND batch IN (SELECT id FROM provider_batches WHERE state IN ('intended', 'submitted'))"
    )
    return int((store.row(query) or (0,))[0])


def _rate(store: Store, configuration: int) -> float:
    """Documents done a second, over the last minutes in which any was."""
    last = store.row("SELECT max(ended) FROM attempts WHERE configuration = ? AND outcome = 'done'", (configuration,))
    if last is None or last[0] is None:
        return 0.0
    since = last[0] - _RECENT
    found = store.row(
        "SELECT count(*), min(begun) FROM attempts WHERE configuration = ? AND outcome = 'done' AND ended > ?",
        (configuration, since),
    )
    if not found or not found[0]:
        return 0.0
    seconds = max(last[0] - max(found[1], since), 0.001)
    return float(found[0] / seconds)
