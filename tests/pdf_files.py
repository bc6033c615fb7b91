"""PDF files, written object by object: what programs write, and what they never would."""

from __future__ import annotations

import textwrap
import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter

_FONTS = (
    "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> "
    "/T3 << /Type /Font /Subtype /Type3 /FontBBox [0 0 60 70] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 "
    "/Widths [60] /CharProcs << /A 3 0 R >> /Encoding << /Type /Encoding /Differences [65 /A] >> >>"
)


def string(words: str) -> str:
    """Words as a string of the content of a page."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"({escaped}) Tj"


def show(words: str, *, left: float = 72, base: float = 700, size: float = 12, first: str = "") -> str:
    """Words at a place; `first` are operators before them."""
    return f"q BT {first} /F1 {size} Tf 1 0 0 1 {left} {base} Tm {string(words)} ET Q\n"


def lines(*texts: str, left: float = 72, base: float = 700, size: float = 12, leading: float = 14) -> str:
    """Lines below each other; "" leaves half a line."""
    shown = []
    for text in texts:
        if text:
            shown.append(show(text, left=left, base=base, size=size))
        base -= leading if text else leading / 2
    return "".join(shown)


def set_in_lines(*paragraphs: str, width: int = 60) -> str:
    """Paragraphs in lines, with half a line between them."""
    return lines(*(line for each in paragraphs for line in [*textwrap.wrap(each, width, break_on_hyphens=False), ""]))


def pdf(
    *pages: str, resources: str = "", information: str = "", catalog: str = "", page: str = "", objects: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF of pages with this content. Object 3 is an empty stream; `objects` are numbered from 4."""
    first = 4 + len(objects)
    numbers = range(first, first + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    given = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        stream(b""),
        *objects,
    ]
    for number, content in zip(numbers, pages, strict=True):
        given.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R {page} "
            f"/Resources << /Font << {_FONTS} >> {resources} >> >>".encode()
        )
        given.append(stream(content.encode("cp1252")))
    if information:
        given.append(f"<< {information} >>".encode())
    return _file(given, f"/Info {len(given)} 0 R" if information else "")


def stream(data: bytes, entries: str = "") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: list[bytes], trailer: str) -> bytes:
    written = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table_at = len(written)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    return written + f"startxref\n{table_at}\n%%EOF\n".encode()


def encrypted(data: bytes, *, user_password: str, algorithm: str) -> bytes:
    """The same PDF, encrypted; with no password anybody may open it, and nobody may change it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user_password, "owner", algorithm=algorithm)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
