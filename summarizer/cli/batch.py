"""`summarizer batch CORPUS...`: thousands of reports in a run that can be killed and gone on with; and `batch status`."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.asking import Folder, asking_options
from summarizer.cli.corpora import corpus_options
from summarizer.cli.limits import Amount, limit_options
from summarizer.cli.reading import Reading, reading_options
from summarizer.cli.statuses import SOMETHING_TO_REPORT
from summarizer.errors import SourceError, Stopped, SummarizerError, UsageError
from summarizer.printable import printable
from summarizer.settings import POLICIES, Limits, Settings

if TYPE_CHECKING:
    from summarizer.batch.corpus import Named
    from summarizer.batch.figures import Figures
    from summarizer.batch.running import Asking, Engine, Via
    from summarizer.extraction.planning import Plan
    from summarizer.llm import Strategy
    from summarizer.reading.corpora import Fields
    from summarizer.settings import Policy

RUN = ""


class _Batch(click.Group):
    """A group whose first word may be left out: what is no command of it is a corpus."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        if not arguments:
            arguments = ["--help"]
        if arguments[0] not in set(self.commands) - {RUN}:
            arguments = [RUN, *arguments]
        return super().parse_args(context, arguments)


class _OfCorpora(click.Command):
    """The command whose word is left out: it goes by the name of its group."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:  # Any: click's own
        if parent is not None:
            info_name, parent = parent.info_name, parent.parent
        return super().make_context(info_name, args, parent=parent, **extra)


@click.group(cls=_Batch)
def batch() -> None:
    """Brief the thousands of reports of a CORPUS; can be killed and gone on with. `batch status RUN` says how far it is."""


@batch.command(RUN, cls=_OfCorpora, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "--output",
    type=Folder(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder of the run: begun there, or gone on with. On a disk of this machine.",
)
@asking_options
@reading_options
@corpus_options
@click.option("--policy", type=click.Choice(POLICIES), default="show", show_default=True, help="As in `summarise`.")
@limit_options
@click.option(
    "--via",
    type=click.Choice(["live", "provider-batch"]),
    default="live",
    show_default=True,
    help="provider-batch: by the provider's batches, which come within a day, at half the price (OpenAI's Batch API).",
)
@click.option(
    "--engine",
    type=click.Choice(["threads", "ray"]),
    default="threads",
    show_default=True,
    help="ray: by the workers of a cluster (summarizer[ray]).",
)
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster.  [default: one that is begun on this machine]")
@click.option("--workers", type=click.IntRange(1, 512), default=16, show_default=True, help="Requests at once; 1 if embedded.")
@click.option("--requests-per-minute", "per_minute", type=Amount(), metavar="N", help="Begin at most so many, evenly.")
@click.option("--retry-failed", is_flag=True, help="Try those again that failed.")
@click.option("--dry-run", is_flag=True, help="Say what it would take: calls, tokens, cost. Nothing is asked.")
@click.option(
    "--replay", type=Folder(path_type=Path), metavar="DIR", help="Answer from recorded answers alone; nothing is asked."
)
def run_command(
    corpora: tuple[str, ...],
    output: Path,
    *,
    model: str,
    base_url: str | None,
    strategy: Strategy | None,
    prompts: Path | None,
    policy: Policy,
    reading: Reading,
    fields: Fields,
    limits: Limits,
    via: Via,
    engine: Engine,
    address: str | None,
    workers: int,
    per_minute: float | None,
    retry_failed: bool,
    dry_run: bool,
    replay: Path | None,
) -> int:
    """Brief every report of each CORPUS once: JSON Lines, CSV, Parquet, a folder, a quoted pattern, or single files.

    The run lies in the folder that --output names. Call the same again after whatever ended it, and what is done is not done
    again; call it in a second terminal, and both share the work. `summarizer export DIR` gives the results.

    Exit status: 0 every report is done; 1 some failed, or have gaps; 2 wrong usage; 3 none could be read; 4 no answer to be
    had; 5 a limit of yours reached; 130 interrupted.
    """
    from summarizer.batch.corpus import Named
    from summarizer.batch.running import Asking, run
    from summarizer.cli.batch_progress import Watching

    if "-" in corpora:
        raise UsageError("standard input can be read once only, and a run may be gone on with: name a file")
    named = Named(corpora, fields, dict(reading))
    asking = Asking(
        model=model,
        base_url=base_url,
        strategy=strategy,
        prompts=prompts,
        policy=policy,
        limits=limits,
        replay=replay,
        workers=workers,
        per_minute=per_minute or None,
        via=via,
        engine=engine,
        address=address,
    )
    settings = Settings.from_environment()
    if dry_run:
        return _dry_run(named, asking, settings)
    try:
        with _ended_as_by_ctrl_c(), Watching() as watching:
            found = run(
                named,
                output,
                asking=asking,
                settings=settings,
                retry_failed=retry_failed,
                listener=watching,
                begun=watching.begun,
            )
    except (KeyboardInterrupt, Stopped):
        with suppress(SummarizerError):
            click.echo("\n".join(lines(_figures(output))), err=True)
        raise
    return _told(found, output)


@batch.command("status", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=Folder(path_type=Path), metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(folder: Path, *, as_json: bool) -> int:
    """Say how far the run in this folder is, also while others work on it."""
    found = _figures(folder)
    click.echo(json.dumps(asdict(found), indent=2) if as_json else "\n".join(lines(found)))
    return 0


def _figures(folder: Path) -> Figures:
    from summarizer.batch.figures import figures, latest
    from summarizer.batch.store import Store

    with Store(folder) as store:
        which = latest(store)
        if which is None:
            raise UsageError(f"the run in {str(folder)!r} was never begun: begin it with `summarizer batch`")
        return figures(store, *which)


@contextmanager
def _ended_as_by_ctrl_c() -> Iterator[None]:
    """SIGTERM, too, lets what was taken be given back."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _dry_run(named: Named, asking: Asking, settings: Settings) -> int:
    from summarizer.cli.plans import show_plans
    from summarizer.pipeline import planning

    asking.profile(settings)
    named.require_there()
    with planning(
        asking.model,
        settings=settings,
        base_url=asking.base_url,
        recorded=asking.replay,
        limits=asking.limits,
        strategy=asking.strategy,
        prompts=asking.prompts,
    ) as plan:
        planned = plan if asking.via == "live" else lambda document: _in_batches(plan(document))
        return show_plans(named.documents(iter(())), planned, each=False)


def _in_batches(plan: Plan) -> Plan:
    from summarizer.batch.provider.budget import SHARE_OF_PRICE

    least, most = plan.cost or (0.0, 0.0)
    return replace(plan, cost=None if plan.cost is None else (SHARE_OF_PRICE * least, SHARE_OF_PRICE * most))


def _told(found: Figures, folder: Path) -> int:
    """Say what came of all on stderr, and give the exit status."""
    for line in lines(found):
        click.echo(line, err=True)
    if found.entries == found.unread:
        return SourceError.exit_status
    if found.failed or found.unread or found.with_gaps:
        retry = "; --retry-failed tries again what failed" if found.failed else ""
        click.echo(f"summarizer export {quote(str(folder))} gives the results, and every reason{retry}.", err=True)
        return SOMETHING_TO_REPORT
    return 0


def lines(found: Figures) -> list[str]:
    """The figures, for people."""
    reading = "" if found.complete else " so far"
    same = f", {found.same:,} of them the same as others" if found.same else ""
    cost = "cost not known" if found.cost is None else f"${found.cost:.4f}"
    tokens = f"{found.prompt_tokens:,} prompt and {found.completion_tokens:,} completion tokens"
    reports = f"{found.entries:,} {'report' if found.entries == 1 else 'reports'}{reading}{same}"
    told = [
        f"{reports}: {found.done:,} done, {found.failed:,} failed, {found.unread:,} unread,"
        f" {found.claimed:,} under way, {found.waiting:,} waiting",
        f"{found.calls:,} {'call' if found.calls == 1 else 'calls'}, {tokens}, {cost}",
    ]
    if found.at_provider:
        told.append(f"{found.at_provider:,} questions wait at the provider")
    told += [f"  {number:,} failed: {why}" for why, number in found.failures.items()]
    told += [f"  unread: {printable(' '.join(why.split()))}" for why in found.unread_because]
    if found.unread > len(found.unread_because):
        told.append("  ... and more: `summarizer export` names all")
    if found.with_gaps or found.doubtful:
        told.append(f"{found.with_gaps:,} briefings with gaps, {found.doubtful:,} with doubts")
    if found.left and found.seconds_left is not None:
        told.append(f"{found.rate:.2f} reports a second, about {span(found.seconds_left)} left")
    return told


def span(seconds: float) -> str:
    """So long, for people."""
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
