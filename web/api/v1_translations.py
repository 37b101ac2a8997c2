"""Short texts, translated while the program waits; nothing of them is kept."""

from __future__ import annotations

from flask import abort

from translator.documents.brief_json import brief_as_json, segment_as_json
from web.api.asked import NewTranslation
from web.api.models import Brief, Segments
from web.api.reading import chosen, read_text
from web.api.routes import v1
from web.parts import parts

_SHARE = 10  # of the longest text that is kept
_INSTEAD = "Post it to /api/v1/briefs."


@v1.route("POST", "/translations", "Translations", "viewer", body=NewTranslation, answer=(Brief, Segments), errors=(413, 503))
def translate(asked: NewTranslation) -> Brief | Segments:
    """Translate a short text at once.

    For `text` the answer is a brief, as its JSON file has it; for `sentences` it is a list of segments.
    A longer text is a brief: post it to /api/v1/briefs.
    """
    most = parts().settings.text_characters // _SHARE
    options = chosen(asked.options.domains, asked.options.rules, asked.options.units)
    if asked.text:
        document = read_text(asked.text, "", most, _INSTEAD)
        return Brief.model_validate(brief_as_json(parts().translators.of(options).brief(document)))
    count = sum(map(len, asked.sentences))
    if count > most:
        abort(413, f"The sentences have {count:,} characters, more than {most:,}. {_INSTEAD}")
    segments = parts().translators.of(options).segments(asked.sentences)
    return Segments.model_validate({"segments": [segment_as_json(segment) for segment in segments]})
