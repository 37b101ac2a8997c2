"""Putting the Flask application together."""

from __future__ import annotations

import atexit

from flask import Flask

from web.api.v1 import api_v1
from web.errors import show_errors
from web.language import speak
from web.libretranslate import libretranslate
from web.metrics import metrics
from web.pages import batches, briefs, glossary, glossary_files, language, memory, session, translate
from web.pages import settings as settings_pages
from web.parts import assemble, attach
from web.security import protect
from web.settings import Settings, from_environment
from web.views import serve_pages


def create_app(settings: Settings | None = None) -> Flask:
    """The application with its workers running. Raises DwibhashiError if its database cannot be opened."""
    settings = settings or from_environment()
    app = Flask("web", static_url_path="/static")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    parts = assemble(settings)
    attach(app, parts)
    show_errors(app)
    protect(app, settings)
    serve_pages(app)
    speak(app)
    for module in (translate, briefs, batches, glossary, glossary_files, memory, settings_pages, session, language):
        app.register_blueprint(module.pages)
    for interface in (api_v1, libretranslate, metrics):
        app.register_blueprint(interface)
    parts.workers.start()
    atexit.register(parts.workers.stop)
    return app
