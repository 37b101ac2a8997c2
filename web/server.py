"""Running the service with waitress until it is told to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

from waitress.server import create_server

from web.app import create_app
from web.parts import attached
from web.settings import ConfigurationError, Settings, variable

_LONGEST_WAIT = 30  # seconds for a request that sends nothing


def run(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `started` is told the address.

    Raises ConfigurationError if others could reach the service and there is no user yet, or if the address cannot be had.
    """
    app = create_app(settings)
    parts = attached(app)
    if not settings.is_local and not parts.accounts.exist():
        raise ConfigurationError(
            f"{settings.host} can be reached by others, and there are no users yet. "
            "Add one first: dwibhashi users add NAME --role admin"
        )
    try:
        server: Any = create_server(
            app, host=settings.host, port=settings.port, threads=settings.threads, channel_timeout=_LONGEST_WAIT, ident=None
        )
    except OSError as error:
        raise ConfigurationError(
            f"{settings.host}:{settings.port}: {error.strerror}. Choose another with --port or {variable('port')}."
        ) from error
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    started(f"http://{host}:{server.effective_port}")
    threading.Thread(target=lambda: parts.translators.engine, name="warm-up", daemon=True).start()
    signal.signal(signal.SIGTERM, _end)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        parts.workers.stop()


def _end(number: int, frame: object) -> None:
    raise SystemExit(0)
