"""What a running service consists of, and how a view gets at it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from flask import Flask, current_app

from glossary.store import Store
from glossary.termbase import open_store
from translator.memory.store import Memory
from web.accounts import Accounts
from web.audit import Audit
from web.batches import Batches
from web.briefs import Briefs
from web.database import connect
from web.edits import Edits
from web.news import News
from web.queue import Queue
from web.settings import Settings
from web.tally import Tally
from web.terms import Catalogue
from web.translators import Translators
from web.workers import Workers

_NAME = "dwibhashi"
_FOR_OTHERS = 8  # threads that no stream of events may hold


@dataclass(frozen=True)
class Parts:
    """Everything that lasts as long as the service does."""

    settings: Settings
    terms: Store
    memory: Memory
    accounts: Accounts
    audit: Audit
    briefs: Briefs
    edits: Edits
    batches: Batches
    news: News
    tally: Tally
    translators: Translators
    workers: Workers
    catalogue: Catalogue
    streams: threading.Semaphore


def assemble(settings: Settings) -> Parts:
    """Open the database and make all parts; no thread runs yet and no model is loaded."""
    url = settings.database_url
    terms, memory, engine, news, tally = open_store(url), Memory(url), connect(url), News(), Tally()
    translators = Translators(terms, memory, settings.model)
    briefs = Briefs(engine, news)
    return Parts(
        settings,
        terms,
        memory,
        Accounts(engine),
        Audit(engine),
        briefs,
        Edits(engine, briefs, memory, translators),
        Batches(engine, briefs),
        news,
        tally,
        translators,
        Workers(Queue(engine, news), news, translators, tally, settings.workers),
        Catalogue(terms, engine, briefs),
        threading.Semaphore(max(1, settings.threads - _FOR_OTHERS)),
    )


def attach(app: Flask, parts: Parts) -> None:
    """Let the views of `app` find the parts."""
    app.extensions[_NAME] = parts


def attached(app: Flask) -> Parts:
    """The parts of `app`."""
    found: Parts = app.extensions[_NAME]
    return found


def parts() -> Parts:
    """The parts of the app that answers the request at hand."""
    return attached(current_app)
