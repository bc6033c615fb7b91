"""A reader that does whatever its bytes tell it to: for tests of what a reader may cost."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

from summarizer.reading.content import Content, Hidden, Unreadable


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    match data.decode().split():
        case ["say", words]:
            return Content(words, title="Ж", pages=(0,), hidden=(Hidden("a", "page 1", "white"),), complete=keep_hidden)
        case ["tell", "environment"]:
            return Content(json.dumps(dict(os.environ)))
        case ["tell", "room"]:  # bytes of address space, where they are told
            pages = Path("/proc/self/statm")
            return Content(str(int(pages.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if pages.exists() else 0))
        case ["open", number]:
            return Content(str([os.open(os.devnull, os.O_RDONLY) for _ in range(int(number))]))
        case ["write", path]:
            Path(path).write_text("said")
        case ["refuse"]:
            raise Unreadable("is odd", "mend it")
        case ["hoard"]:
            return Content(str(len([bytes(1_000_000) for _ in range(10_000)])))
        case ["spin"]:
            return Content(str(re.match(r"(a|a)*b", "a" * 60)))
        case ["sleep"]:
            time.sleep(600)
        case ["flood"]:
            return Content("x" * 3_000_000)
        case ["descend"]:
            return content(data)
        case ["die"]:
            os.abort()
        case ["chat"]:
            sys.stdout.write("Hello!")
            return Content("said")
    return Content(data.decode())
