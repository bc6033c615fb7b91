"""The command line: `summarizer` and its commands, and `summarise`, which is one of them under its own name.

Only this room prints, and only here do errors become exit statuses. Commands import what they need when they run, so that
`--help` costs nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO, TextIOWrapper
from typing import NoReturn

import click

from summarizer.cli.batch import batch
from summarizer.cli.cassette import cassette
from summarizer.cli.check import check
from summarizer.cli.evaluate import evaluate
from summarizer.cli.export import export
from summarizer.cli.model import model
from summarizer.cli.read import read
from summarizer.cli.render import render
from summarizer.cli.schema import schema
from summarizer.cli.serve import serve
from summarizer.cli.statuses import INTERRUPTED
from summarizer.cli.summarise import summarise
from summarizer.cli.verify import verify
from summarizer.errors import OutputError, SummarizerError
from summarizer.printable import printable
from summarizer.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="summarizer")
def program() -> None:
    """Briefings that can be checked: positions, demands and outcomes of a report, each with the sentence that says it."""


model.add_command(check)
model.add_command(serve)
program.add_command(summarise)
program.add_command(model)
program.add_command(read)
program.add_command(schema)
program.add_command(cassette)
program.add_command(verify)
program.add_command(render)
program.add_command(evaluate)
program.add_command(batch)
program.add_command(export)


def main() -> NoReturn:
    """Run `summarizer`; never returns."""
    _leave(run(program, "summarizer"))


def summarise_main() -> NoReturn:
    """Run `summarise`; never returns."""
    _leave(run(summarise, "summarise"))


def run(command: click.Command, name: str, arguments: Sequence[str] | None = None) -> int:
    """Run a command as the program called `name`, and give its exit status. An error is one line on stderr."""
    try:
        _require_streams()
        status = command.main(arguments, prog_name=name, standalone_mode=False)
        sys.stdout.flush()
    except SummarizerError as error:
        return _fail(name, str(error), error.exit_status)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _fail(name, "interrupted; answers that were kept so far will not be asked for again", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has seen enough
        return 0
    except OSError as error:
        return _fail(name, f"the output cannot be written ({error.strerror}): write to another place", OutputError.exit_status)
    return status if isinstance(status, int) else 0


def _require_streams() -> None:
    """Before anything is asked: what cannot be shown need not be made. UTF-8, since briefings quote reports."""
    if sys.stderr is None:
        sys.stderr = StringIO()  # nobody wants to hear what goes wrong; the exit status says it
    if sys.stdout is None:
        raise OutputError("standard output is closed: leave it open, or send it to a file")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fail(name: str, message: str, status: int) -> int:
    click.echo(f"{name}: {printable(' '.join(message.split()))}", err=True)
    return status


def _leave(status: int) -> NoReturn:
    """End at once: a model that still computes in native code would hold the interpreter back, or bring it down."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError):  # said already, or nobody reads
                stream.flush()
    os._exit(status)
