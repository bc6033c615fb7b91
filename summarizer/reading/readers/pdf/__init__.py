"""PDF documents: the text that pages show, in the order in which the file draws it, in paragraphs, and where each page begins.

Its neighbours know one thing each: `opening` the file and pypdf, `seeing` what of a page can be seen, `lines` how its lines
make paragraphs.
"""

from __future__ import annotations

from summarizer.reading.content import Content, Hidden, Unreadable, attachments
from summarizer.reading.readers.pdf.lines import laid_out, without_running_lines
from summarizer.reading.readers.pdf.opening import OpenFile, opened
from summarizer.reading.readers.pdf.seeing import Page, read_page

_FEW = 0.01  # of all characters
_NOT_TOLD = "\ufffd"
_GIVEN_UP = "Exceeded"
"""In what pypdf says when it leaves the rest unread."""
_RECOGNISE = "have its text recognised (OCR) first"


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """The text of a PDF; with `keep_hidden` what no page shows stands behind the page that does not show it."""
    with opened(data) as file:
        read = {number: page for number, page in enumerate(map(_page, file.pages), 1) if page is not None}
        warnings = [*file.warnings, *_lost_pages(file, read)]
        complaints = () if file.warnings else file.complaints
        attached = attachments(file.attached)
    shown, repeated = without_running_lines([read[number].lines if number in read else () for number in _numbers(file)])
    apart = [read[number].hidden if number in read else () for number in _numbers(file)]
    text, starts, spans = laid_out(shown, [[words for words, _ in page] if keep_hidden else [] for page in apart])
    hidden = _hidden(apart, spans if keep_hidden else ())
    if not text.strip():
        raise _no_text(hidden, [read.get(number) for number in _numbers(file)])
    unknown = _unknown(text)
    return Content(
        text,
        title=file.title,
        published=file.published,
        language=file.language,
        pages=starts,
        hidden=hidden,
        warnings=(*warnings, *unknown, *repeated, *complaints, *attached),
        complete=not warnings and not unknown and not any(_GIVEN_UP in each for each in complaints),
    )


def _numbers(file: OpenFile) -> range:
    """The numbers of the pages."""
    return range(1, len(file.pages) + 1)


def _page(page: object) -> Page | None:
    """What a page says; None for one that pypdf stumbles over, which costs that page."""
    try:
        return read_page(page)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  whatever pypdf raises at a broken page: the others are read, and this one is reported
        return None


def _lost_pages(file: OpenFile, read: dict[int, Page]) -> list[str]:
    """A warning for pages that are not there, could not be read, or show pictures and no text."""
    broken = [number for number in _numbers(file) if number not in read]
    pictures = [number for number, page in read.items() if page.has_pictures and not page.lines]
    warnings = []
    if file.promised > len(file.pages):
        warnings.append(f"{file.promised - len(file.pages)} of {file.promised} pages are missing from the PDF: get it anew.")
    if broken:
        warnings.append(f"{_pages(broken)} of the PDF could not be read: get it anew, or save it anew.")
    holes = [number for number, page in read.items() if page.has_holes]
    if holes:
        warnings.append(f"{_pages(holes)} of the PDF: text is missing from the file or damaged: get it anew.")
    if pictures and len(pictures) < len(read):
        warnings.append(f"{_pages(pictures)} of the PDF hold pictures and no text: {_RECOGNISE} if they show any.")
    overlaid = [number for number, page in read.items() if page.has_overlays]
    if overlaid:
        warnings.append(f"{_pages(overlaid)} of the PDF: notes or filled-in fields on it are not read: print it to a new PDF.")
    return warnings


def _pages(numbers: list[int]) -> str:
    """Page numbers, for people."""
    some = ", ".join(map(str, numbers[:10])) + (" and more" if len(numbers) > 10 else "")
    return f"Page {some}" if len(numbers) == 1 else f"Pages {some}"


def _hidden(apart: list[tuple[tuple[str, str], ...]], spans: tuple[tuple[int, int], ...]) -> tuple[Hidden, ...]:
    """What the pages do not show, and where it stands in the text if it was kept."""
    found = [(words, f"page {number}", how) for number, page in enumerate(apart, 1) for words, how in page]
    places = spans or [(None, None)] * len(found)
    return tuple(Hidden(*each, *place) for each, place in zip(found, places, strict=True))


def _unknown(text: str) -> tuple[str, ...]:
    """A warning where fonts do not say which characters their shapes are."""
    count = text.count(_NOT_TOLD)
    if count <= _FEW * len(text):
        return ()
    return (f"{count} of {len(text)} characters of the PDF could not be told, since its fonts do not say: {_RECOGNISE}.",)


def _no_text(hidden: tuple[Hidden, ...], pages: list[Page | None]) -> Unreadable:
    """Why a PDF without text cannot be read."""
    if any(page is None or page.has_holes for page in pages):
        return Unreadable("is a damaged PDF, of whose pages none with text could be read", "get it anew, or save it as text")
    if hidden and any(page is not None and page.has_pictures for page in pages):
        return Unreadable(
            "is a scanned PDF whose text lies invisible behind the picture, and may say something else",
            "--keep-hidden reads it all the same",
        )
    if hidden:
        return Unreadable("is a PDF that shows no text, since all of it is hidden", "--keep-hidden reads it all the same")
    return Unreadable("is a PDF without text, as scans are", _RECOGNISE)
