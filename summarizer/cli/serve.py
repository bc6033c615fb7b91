"""`summarizer model serve`: the embedded model as an endpoint for other programs on this machine."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from summarizer.cli.progress import TerminalProgress
from summarizer.cli.shelf import Shelf, name_argument, on_the_shelf
from summarizer.cli.statuses import INTERRUPTED

if TYPE_CHECKING:
    from summarizer.llm.embedded.serving import ModelServer, Served


@click.command()
@name_argument
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8080, show_default=True, help="Of 127.0.0.1; 0 for any that is free."
)
@click.option(
    "--key", help="What clients show as their key; other users of this machine can see it here.  [default: a random one]"
)
@on_the_shelf
def serve(shelf: Shelf, name: str | None, *, port: int, key: str | None) -> int:
    """Serve the embedded model NAME, the default if left out, to other programs on this machine.

    Speaks what OpenAI's clients speak: POST /v1/chat/completions, GET /v1/models and, without a key, GET /health. Nobody
    outside this machine can reach it. Prints the key and one line a request on stderr. Ctrl-C ends it, with status 130.
    """
    from summarizer.llm.embedded.serving import ModelServer
    from summarizer.llm.embedded.transport import EmbeddedTransport

    model = shelf.weights(name).name
    with TerminalProgress() as progress:
        transport = EmbeddedTransport(model, folder=shelf.folder, progress=progress, load=shelf.load)
        # The port first: whether it can be had is known at once, and the model takes seconds, or a download.
        with ModelServer(
            transport, model=model, key=secrets.token_urlsafe() if key is None else key, port=port, told=_tell
        ) as server:
            try:
                transport.load()
                _announce(server, key_given=key is not None)
                server.serve_forever()
            except KeyboardInterrupt:
                click.echo("Stopped.", err=True)
    return INTERRUPTED


def _announce(server: ModelServer, *, key_given: bool) -> None:
    shown = "YOUR-KEY" if key_given else server.key
    click.echo(
        f"{server.model} is served at {server.url} until Ctrl-C, to this machine only. Ask it with\n"
        f"SUMMARIZER_API_KEY={shown} summarise report.txt --model llamacpp/{server.model} --base-url {server.url}",
        err=True,
    )


def _tell(served: Served) -> None:
    tokens = f"  {served.prompt_tokens} + {served.completion_tokens} tokens" if served.completion_tokens else ""
    with suppress(OSError):  # a log that nobody reads any longer keeps no client from its answer
        click.echo(f"{served.method} {served.path} {served.status}  {served.seconds:.2f} s{tokens}", err=True)
