"""The routes of LibreTranslate, so that its clients work with this service unchanged (docs/libretranslate.md).

Requests, answers and messages are LibreTranslate's. It knows that only Hindi into English exists, not how that is done.
"""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import regex
from flask import Blueprint, Flask, g, jsonify, request, send_file, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from hindi.languages import LANGUAGES, NAMES, Detection, Language, detections, source_language
from translator.documents.plain import read_plain
from translator.errors import DwibhashiError
from translator.files import FORMATS
from translator.markup import translated_html
from translator.pipeline import Translator, sentences_of
from translator.plain_text import translated_text
from translator.values import Block
from web.access import may, needs, note, user
from web.accounts import Role
from web.downloads import keep, kept_content, remove_old
from web.errors import ForbiddenError, failure
from web.options import Options
from web.parts import attached, parts

libretranslate = Blueprint("libretranslate", __name__)

_TARGETS: dict[Language, tuple[Language, ...]] = {"hi": ("en", "hi"), "en": ("en",)}
_AUTO = "auto"
_FORMS = ("text", "html")
_TAG = regex.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", regex.DOTALL | regex.IGNORECASE)
_TIMEOUT = 500  # milliseconds that LibreTranslate's page waits before it asks; its own default
_SUGGESTING: Role = "reviewer"
_OPEN = ("langs", "frontend_settings", "download_file")  # for these LibreTranslate asks for no key
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Expose-Headers": "Authorization",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Max-Age": "1728000",
}


class LibreTranslateError(DwibhashiError):
    """A request that LibreTranslate would refuse."""


@dataclass(frozen=True)
class _Request:
    """Texts to translate. `batch` is whether they came as a list, and go back as one."""

    texts: tuple[str, ...]
    batch: bool
    languages: tuple[Detection, ...]
    target: Language
    markup: bool
    alternatives: int


@libretranslate.record
def _remove_old_files(state: BlueprintSetupState) -> None:
    """Remove what the process before this one has left."""
    assert isinstance(state.app, Flask)
    remove_old(_folder(attached(state.app).settings.data_folder))


@libretranslate.before_request
def _needs_key() -> Response | None:
    asked = str(request.endpoint).rpartition(".")[2]
    if g.user is None and request.method != "OPTIONS" and asked not in _OPEN:
        return failure(400, "Please contact the server operator to get an API key")
    return None


@libretranslate.after_request
def _for_pages_elsewhere(response: Response) -> Response:
    """Pages of other sites may ask, with a key: the cookies of a user are no use to them."""
    response.headers.update(_CORS)
    return response


@libretranslate.route("/languages", methods=["GET", "POST"])
def langs() -> Response:
    """The languages, each with those that it is translated into. (Argos Translate's client asks by POST.)"""
    return jsonify([{"code": code, "name": NAMES[code], "targets": _TARGETS[code]} for code in LANGUAGES])


@libretranslate.get("/frontend/settings")
def frontend_settings() -> Response:
    """What clients may know of the service."""
    accounts = parts().accounts.exist()
    return jsonify(
        charLimit=parts().settings.text_characters,
        frontendTimeout=_TIMEOUT,
        apiKeys=accounts,
        keyRequired=accounts,
        suggestions=may(_SUGGESTING),
        filesTranslation=True,
        supportedFilesFormat=sorted(FORMATS),
        language={"source": {"code": _AUTO, "name": "Auto Detect"}, "target": {"code": "en", "name": NAMES["en"]}},
    )


@libretranslate.post("/detect")
@needs("viewer")
def detect() -> Response:
    """The languages of one text, the surest first."""
    texts, _ = _texts()
    return jsonify([_detected(found) for found in detections("\n".join(texts))])


@libretranslate.post("/translate")
@needs("viewer")
def translate() -> Response:
    """One text or a list of them in English."""
    asked = _request()
    answers = [
        _translated(text, found.language, asked) if text.strip() else text
        for text, found in zip(asked.texts, asked.languages, strict=True)
    ]
    answer: dict[str, object] = {"translatedText": answers if asked.batch else answers[0]}
    if _field("source") == _AUTO:
        found = [_detected(language) for language in asked.languages]
        answer["detectedLanguage"] = found if asked.batch else found[0]
    if asked.alternatives:
        answer["alternatives"] = [[] for _ in answers] if asked.batch else []  # one translation, that of the glossary, is right
    return jsonify(answer)


@libretranslate.post("/translate_file")
@needs("viewer")
def translate_file() -> Response:
    """A file in English, kept for an hour; the answer says where."""
    file = request.files.get("file")
    if file is None:
        raise LibreTranslateError(_missing("file"))
    source, target = _required("source"), _required("target")
    name = str(file.filename or "")
    if not name:
        raise LibreTranslateError("Invalid request: empty file")
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        raise LibreTranslateError(f"Invalid request: file format not supported; these are: {', '.join(sorted(FORMATS))}")
    content = file.stream.read()
    text = FORMATS[suffix].text(content, name)
    _require_short([text])
    found = _source(source, text)
    if _pair(found.language, target) != found.language:
        content, segments = FORMATS[suffix].english(content, name, _translator())
        parts().tally.add(segments)
    kept = keep(_folder(parts().settings.data_folder), f"{PurePath(name).stem}_{target}{suffix}", content)
    return jsonify(translatedFileUrl=url_for("libretranslate.download_file", name=kept, _external=True))


@libretranslate.get("/download_file/<name>")
def download_file(name: str) -> Response:
    """A translated file; whoever has its name may have it."""
    download, content = kept_content(_folder(parts().settings.data_folder), name)
    return send_file(io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=download)


@libretranslate.post("/suggest")
@needs("viewer")
def suggest() -> Response:
    """Keep a sentence and its English in the translation memory."""
    source, english = _required("q"), _required("s")
    if _source(_required("source"), source).language != "hi" or _pair("hi", _required("target")) != "en":
        raise LibreTranslateError("Suggestions are kept for Hindi (hi) into English (en) only")
    if not may(_SUGGESTING):
        raise ForbiddenError(
            f"Suggestions are kept from users with the role {_SUGGESTING}, or more; {user().name} is {user().role}. Ask an admin."
        )
    _require_short([source, english])
    sentence, written = _one_line(source, "q"), _one_line(english, "s")
    if len(sentences_of(sentence)) != 1:
        raise LibreTranslateError("Invalid request: q must be one sentence; send each sentence of a text with its English alone")
    target = written.text if written.marker == sentence.marker else english.strip()
    note("suggestion remembered", parts().memory.remember(sentence.text, target, user().name).id)
    return jsonify(success=True)


# --- What is asked for ----------------------------------------------------------------------------------------------------


def _request() -> _Request:
    texts, batch = _texts()
    source, target = _required("source"), _required("target")
    alternatives = _number("alternatives")
    _require_short(texts)
    form = _field("format") or _FORMS[0]
    markup = form == "html"
    languages = tuple(_source(source, _without_tags(text) if markup else text) for text in texts)
    english = {_pair(found.language, target) for found in languages}
    if form not in _FORMS:
        raise LibreTranslateError(f"{form} format is not supported")
    return _Request(texts, batch, languages, english.pop(), markup, alternatives)


def _texts() -> tuple[tuple[str, ...], bool]:
    """The texts, and whether they came as a list."""
    given = _value("q")
    if not request.is_json and len(request.values.getlist("q")) > 1:
        given = request.values.getlist("q")
    if not given:
        raise LibreTranslateError(_missing("q"))
    texts = tuple(given) if isinstance(given, list) else (given,)
    if not all(isinstance(text, str) for text in texts):
        raise LibreTranslateError("Invalid request: q must be a text or a list of texts")
    return texts, isinstance(given, list)


def _value(name: str) -> Any:
    """A field of the JSON, or else of the form or the query."""
    if not request.is_json:
        return request.values.get(name)
    values = request.get_json()
    if not isinstance(values, dict):
        raise LibreTranslateError("Invalid JSON format")
    return values.get(name)


def _field(name: str) -> str:
    value = _value(name)
    if value is not None and not isinstance(value, str):
        raise LibreTranslateError(f"Invalid request: {name} parameter is not a text")
    return value or ""


def _required(name: str) -> str:
    if value := _field(name):
        return value
    raise LibreTranslateError(_missing(name))


def _number(name: str) -> int:
    try:
        return max(0, int(_value(name) or 0))
    except (OverflowError, TypeError, ValueError):
        raise LibreTranslateError(f"Invalid request: {name} parameter is not a number") from None


def _missing(name: str) -> str:
    return f"Invalid request: missing {name} parameter"


def _require_short(texts: Sequence[str]) -> None:
    size, most = sum(map(len, texts)), parts().settings.text_characters
    if size > most:
        raise LibreTranslateError(f"Invalid request: request ({size}) exceeds text limit ({most})")


def _source(asked: str, text: str) -> Detection:
    if asked == _AUTO:
        return source_language(text)
    return Detection(_language(asked), 100.0)


def _pair(source: Language, asked: str) -> Language:
    """The language to translate into. Raises LibreTranslateError if that cannot be done."""
    target = _language(asked)
    if target not in _TARGETS[source]:
        raise LibreTranslateError(
            f"{NAMES[target]} ({target}) is not available as a target language from {NAMES[source]} ({source})"
        )
    return target


def _language(code: str) -> Language:
    found = next((known for known in LANGUAGES if known == code), None)
    if found is None:
        raise LibreTranslateError(f"{code} is not supported")
    return found


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text))


def _one_line(text: str, name: str) -> Block:
    blocks = read_plain(text, name).blocks
    if len(blocks) != 1:
        raise LibreTranslateError(f"Invalid request: {name} must be one line; send each line of a text alone")
    return blocks[0]


# --- What is answered -----------------------------------------------------------------------------------------------------


def _translated(text: str, source: Language, asked: _Request) -> str:
    if source == asked.target:
        return text
    if asked.markup:
        return translated_html(text, _translator())
    english, segments = translated_text(text, _translator())
    parts().tally.add(segments)
    return english


def _translator() -> Translator:
    return parts().translators.of(Options())


def _detected(found: Detection) -> dict[str, object]:
    return {"confidence": found.confidence, "language": found.language}


def _folder(data_folder: Path) -> Path:
    return data_folder / "files"
