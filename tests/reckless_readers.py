"""A reader that does whatever its bytes tell it to: for tests of what a reader may cost."""

from __future__ import annotations

import os
import re
import sys
import time

from summarizer.reading.content import Content, Hidden, Unreadable


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    match data.decode().split():
        case ["say", words]:
            return Content(words, title="Ж", pages=(0,), hidden=(Hidden("a", "page 1", "white"),), complete=keep_hidden)
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
