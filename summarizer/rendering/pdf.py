"""A page on paper: PDF of an HTML page. The only module that knows WeasyPrint, which is refused whatever it wants to fetch.

WeasyPrint runs no scripts, and is made of Python but for the text layout of Pango.
"""

from __future__ import annotations

import logging
from typing import Any, NoReturn

from summarizer.errors import OutputError, UsageError


def pdf(html: str) -> bytes:
    """The page as PDF. Raises UsageError where WeasyPrint, or Pango, is not installed.

    Raises OutputError for a page that would fetch anything.
    """
    library = weasyprint()
    refusal = library.urls.FatalURLFetchingError

    class Refusing(library.urls.URLFetcher):  # type: ignore[name-defined,misc]  # WeasyPrint ships no types
        """Fetches nothing. Our page names nothing to be fetched: were there anything, it would be a report's."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
            raise refusal(f"the page would fetch {url!r}")

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of each table of a font that it leaves out
    try:
        return bytes(library.HTML(string=html, url_fetcher=Refusing()).write_pdf())
    except refusal as error:
        raise OutputError(f"no PDF was made, since {error}: make another --format, and tell us") from error


def weasyprint() -> Any:  # it ships no types
    """The library. Raises UsageError where it, or Pango, is not installed."""
    try:
        import weasyprint
        import weasyprint.urls
    except (ModuleNotFoundError, OSError) as error:
        raise UsageError(
            "a PDF is made by WeasyPrint, which needs the library Pango: pip install 'summarizer[pdf-pages]',"
            " and on Debian apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error
    return weasyprint
