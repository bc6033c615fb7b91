"""A reader of Parquet that does whatever the name of its file tells it to: for tests of what is believed of its process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

SAID = {
    "no-json": b'[1, {"text": "a"}, null]\n[2, {"text"\n',
    "no-row": b'[1, {"text": "a"}, null]\n["2", {"text": "b"}, null]\n[]\n',
    "no-values": b'[1, {"text": "a"}, null]\n[2, "b", null]\n[]\n',
    "same-row": b'[1, {"text": "a"}, null]\n[1, {"text": "b"}, null]\n[]\n',
    "nested": b'[1, {"text": "a"}, null]\n' + b"[" * 100_000 + b"\n",
    "no-text": b'[1, {"text": "a"}, null]\n\xff\xfe\n',
    "waits": b'[1, {"text": "a"}, null]\n',
    "trickles": b'[1, {"text": "a"}, null]\n',
}


def answer(request: Mapping[str, Any], stdin: IO[bytes], stdout: IO[bytes]) -> None:  # Any: as `parquet_rows` writes it
    asked = Path(request["path"]).stem
    stdout.write(SAID[asked])
    stdout.flush()
    if asked == "waits":
        time.sleep(600)
    row = 1
    while asked == "trickles":
        row += 1
        time.sleep(0.01)
        stdout.write(f'[{row}, {{"text": "a"}}, null]\n'.encode())
        stdout.flush()
