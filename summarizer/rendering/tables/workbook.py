"""Tables as a workbook for Excel and its like, a sheet each. Every text is a text cell: no formula, no link.

XlsxWriter and not openpyxl: it needs nothing else, takes each cell with its type, and writes `_x003D_` in a text so that
Excel shows that, where openpyxl writes what Excel decodes to "=".
"""

from __future__ import annotations

import io
from datetime import datetime

from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.rendering.controls import fit_for_xml
from summarizer.rendering.tables import Cell, Table, joined, tables

try:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
except ImportError as error:
    raise UsageError("writing a workbook takes pip install 'summarizer[tables]'") from error

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""
_CUT = " … [cut]"
_WIDE = {"statement", "quote", "quotes", "sentence_text", "headline", "words", "reasons", "doubts"}


def workbook(briefing: Briefing) -> bytes:
    """An .xlsx file: first rows fixed and bold, lists joined by "; ", a text that is too long for a cell cut with a mark."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": fit_for_xml(briefing.headline)[:255], "created": _day(briefing)})
    bold = book.add_format({"bold": True})
    for table in tables(briefing):
        _fill(book.add_worksheet(table.name), table, bold=bold)
    book.close()
    return data.getvalue()


def _day(briefing: Briefing) -> datetime:
    """When the briefing was made, so that the same briefing gives the same file."""
    try:
        return datetime.fromisoformat(briefing.provenance.created).replace(tzinfo=None)
    except ValueError:  # of a briefing that somebody changed
        return datetime(1970, 1, 1)


def _fill(sheet: Worksheet, table: Table, *, bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # one page wide, as many long as it takes
    for place, (name, _) in enumerate(table.columns):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, 60 if name in _WIDE else 16)
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell)


def _write(sheet: Worksheet, line: int, place: int, cell: Cell) -> None:
    match joined(cell):
        case None | "":
            pass
        case bool() as truth:
            sheet.write_boolean(line, place, truth)
        case str() as text:
            sheet.write_string(line, place, _fitting(fit_for_xml(text)))
        case number:
            sheet.write_number(line, place, number)


def _fitting(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT
