"""One engine for the whole service, and a Translator for each set of options, made anew when the glossary has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict

from glossary.model import Glossary
from glossary.store import Store
from translator.engines.base import Engine
from translator.memory.store import Memory
from translator.model_store.shelf import open_model
from translator.pipeline import Translator
from web.options import Options

_KEPT = 8  # translators of different options


class Translators:
    """Safe to share between threads. The engine of `model` is loaded when it is first needed."""

    def __init__(self, terms: Store, memory: Memory, model: str = "") -> None:
        self._terms = terms
        self._memory = memory
        self._model = model
        self._lock = threading.Lock()
        self._loaded: Engine | None = None
        self._glossary = Glossary((), "")
        self._made: OrderedDict[tuple[str, Options], Translator] = OrderedDict()

    @property
    def engine(self) -> Engine:
        """The engine of the service."""
        with self._lock:
            return self._engine()

    def domains(self) -> tuple[str, ...]:
        """The domains of the agreed terms."""
        with self._lock:
            self._refresh()
            return tuple(sorted({term.domain for term in self._glossary.terms} - {""}))

    def of(self, options: Options) -> Translator:
        """A translator with the glossary as it is now."""
        with self._lock:
            self._refresh()
            key = (self._glossary.version, options)
            if key not in self._made:
                self._made[key] = Translator(self._engine(), self._glossary, options.domains, options.style, self._memory)
            self._made.move_to_end(key)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return self._made[key]

    def _refresh(self) -> None:
        if self._glossary.version != str(self._terms.version):
            self._glossary = self._terms.glossary()
            self._made.clear()

    def _engine(self) -> Engine:
        if self._loaded is None:
            self._loaded = open_model(self._model)
        return self._loaded
