"""What reading reports of usual kinds costs, and what the bombs cost: seconds, and memory of both processes.

    python benchmarks/reading_apart.py

Each source is made by one process and read by another, which has a process of its own for its reader, as in the program.
Memory is the largest resident set that the system saw of either. Seconds are of the processor, so that a busy machine shows
the same; for the same reason the clock may run for longer here than in the program.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from tempfile import TemporaryFile

from summarizer.reading.apart import Bounds, read_apart
from summarizer.reading.content import Unreadable

_READERS = "summarizer.reading.readers"
_RUN = "<w:r><w:t>{}</w:t></w:r>"


def main() -> None:
    """Print the table."""
    print("| source | bytes | seconds of the processor | reader's MB | parent's MB | outcome |\n|---|---|---|---|---|---|")
    for name in SOURCES:
        # A process for each: the system keeps only the largest of all memory that it saw.
        with TemporaryFile() as source:
            subprocess.run([sys.executable, __file__, "make", name], check=True, stdout=source)
            source.seek(0)
            subprocess.run([sys.executable, __file__, "measure", name], check=True, stdin=source)


def measure(name: str) -> None:
    """Print a row of the table."""
    reader, _ = SOURCES[name]
    data = sys.stdin.buffer.read()
    bounds = Bounds(patience=120)
    try:
        outcome = f"{len(read_apart(f'{_READERS}.{reader}', data, bounds=bounds).text):,} characters"
    except Unreadable as error:
        outcome = error.reason
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    child, parent = _memory(resource.RUSAGE_CHILDREN), _memory(resource.RUSAGE_SELF)
    print(f"| {name} | {len(data):,} | {seconds:.1f} | {child} | {parent} | {outcome} |", flush=True)


def _memory(who: int) -> int:
    """The largest resident set, in MB (Linux counts it in kB)."""
    return resource.getrusage(who).ru_maxrss // 1_000


def _words(count: int) -> list[str]:
    """Words that do not repeat in a way that compresses."""
    chance = random.Random(6)
    return ["".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randint(2, 9))) for _ in range(count)]


def word_file(body: str) -> bytes:
    """A Word file with this body."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return stream.getvalue()


def pdf(*pages: bytes) -> bytes:
    """A PDF with pages of this content."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, page in enumerate(pages):
        packed = zlib.compress(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\n"
    return written + end.encode() + f"startxref\n{len(written)}\n%%EOF\n".encode()


def _long_report() -> bytes:
    """A Word file of 300 kB: 80,000 words in runs of four, in paragraphs of 60."""
    words = _words(80_000)
    runs = [f'<w:r><w:t xml:space="preserve">{" ".join(words[n : n + 4])} </w:t></w:r>' for n in range(0, len(words), 4)]
    return word_file("".join(f"<w:p>{''.join(runs[n : n + 15])}</w:p>" for n in range(0, len(runs), 15)))


def _hundred_pages() -> bytes:
    """A PDF of 100 pages of 45 lines of 12 words."""
    words = _words(100 * 45 * 12)
    lines = [f"({' '.join(words[n : n + 12])}) Tj T*" for n in range(0, len(words), 12)]
    pages = ("\n".join(lines[n : n + 45]) for n in range(0, len(lines), 45))
    return pdf(*(f"BT /F1 10 Tf 14 TL 60 780 Td {page} ET".encode() for page in pages))


def _long_page() -> bytes:
    """A web page of 80,000 words in paragraphs of 60."""
    words = _words(80_000)
    paragraphs = (f"<p>{' '.join(words[n : n + 60])}.</p>" for n in range(0, len(words), 60))
    return f"<!doctype html><title>T</title><article>{''.join(paragraphs)}</article>".encode()


def _page_of_rules() -> bytes:
    """Each rule has to be tried at each element, and all around it."""
    rules = "".join(f"*:not(.x{n}) b{{color:red}}" for n in range(300))
    return f"<style>{rules}</style>{'<p>W <b>a</b></p>' * 5_000}".encode()


def _many_forms() -> bytes:
    """Each of them a web page, to be read."""
    head = b"From: a@b.example\nMessage-ID: <1@b>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\nContent-Type: text/html\n\n<p>Hi.</p>\n" * 20_000 + b"--b--\n"


SOURCES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "DOCX of 80,000 words": ("docx", _long_report),
    "PDF of 100 pages": ("pdf", _hundred_pages),
    "web page of 80,000 words": ("html", _long_page),
    "DOCX: 12 million empty paragraphs": ("docx", lambda: word_file("<w:p/>" * 12_000_000)),
    "DOCX: 4 million runs": ("docx", lambda: word_file(f"<w:p>{_RUN.format('a') * 4_000_000}</w:p>")),
    "DOCX: a million paragraphs": ("docx", lambda: word_file(f"<w:p>{_RUN.format('a')}</w:p>" * 1_000_000)),
    "DOCX: one paragraph of 9 million letters": ("docx", lambda: word_file(f"<w:p>{_RUN.format('a' * 9_000_000)}</w:p>")),
    "PDF: 400 million blanks": ("pdf", lambda: pdf(b"BT " + b" " * 400_000_000)),
    "PDF: 2 million operators on each of 9 pages": ("pdf", lambda: pdf(*[b"q " * 1_900_000] * 9)),
    "PDF: a string of 60 million letters": ("pdf", lambda: pdf(b"BT /F1 9 Tf (" + b"x" * 60_000_000 + b") Tj ET")),
    "web page: a line of 10 MB": ("html", lambda: b"<html><body><p>" + b"word " * 2_000_000),
    "web page: 2.5 million paragraphs": ("html", lambda: b"<html><body>" + b"<p>a" * 2_500_000),
    "web page: a million elements inside each other": ("html", lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"Deep."),
    "web page: cells that span a billion columns": ("html", lambda: b"<table>" + b"<td colspan=999999999>a" * 2_000),
    "web page: 300 rules for every element of 10,000": ("html", _page_of_rules),
    "e-mail: 20,000 web forms": ("eml", _many_forms),
}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", name]:
            sys.stdout.buffer.write(SOURCES[name][1]())
        case ["measure", name]:
            measure(name)
        case _:
            main()
