"""The HTML of a brief as a PDF, by WeasyPrint, which shapes Devanagari with Pango. The extra `pdf` brings WeasyPrint; without it
there is no such format."""

from __future__ import annotations

import logging
import threading
from functools import cache
from importlib.util import find_spec
from typing import Any

from translator.errors import DocumentError
from translator.pages import FONTS

_STYLE = """
@font-face { font-family: "Noto Sans Devanagari"; src: url(noto-sans-devanagari.woff2) }
@font-face { font-family: "Noto Sans"; src: url(noto-sans-latin.woff2) }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Noto Sans"; } }
body, [lang=hi] { font-family: "Noto Sans", "Noto Sans Devanagari", sans-serif; }
mark { overflow-wrap: normal !important; } mark.long { overflow-wrap: anywhere !important; }
"""
_ONE_AT_A_TIME = threading.Lock()  # fontconfig is not made for several threads


def pdf_can_be_had() -> bool:
    """Whether WeasyPrint is installed."""
    return find_spec("weasyprint") is not None


def require_pdf() -> None:
    """Raises DocumentError, with the remedy, if WeasyPrint or Pango is not installed."""
    _weasyprint()


def write_pdf(html: str) -> bytes:
    """The page as it would be printed, with its fonts; it may fetch nothing. Raises DocumentError as `require_pdf` does."""
    weasyprint = _weasyprint()
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    with _ONE_AT_A_TIME:
        fonts = weasyprint.text.fonts.FontConfiguration()
        style = weasyprint.CSS(string=_STYLE, base_url=f"{FONTS}/", font_config=fonts)
        page = weasyprint.HTML(string=html.encode(errors="replace").decode(), url_fetcher=nothing)
        pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts)
    return pdf


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    except ImportError as error:
        raise DocumentError("PDF needs WeasyPrint: pip install 'dwibhashi[pdf]'.") from error
    except OSError as error:
        remedy = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise DocumentError(f"PDF needs the library Pango, which is not on this machine: {remedy}.") from error
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it names every rule that is for screens only
    return weasyprint
