"""Running the service with waitress until it is told to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

from waitress.server import create_server

from web.accounts import Accounts
from web.app import create_app
from web.database import connect
from web.logs import begin_log
from web.parts import attached
from web.settings import ConfigurationError, Settings, variable

_LONGEST_WAIT = 30  # seconds for a request that sends nothing


def run(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `started` is told the address.

    Raises ConfigurationError if others could reach the service and there is no user yet, or if the address cannot be had.
    """
    if settings.needs_accounts and not Accounts(connect(settings.database_url)).exist():
        raise ConfigurationError(
            f"{_why(settings)}, and there are no users yet. Add one first: dwibhashi users add NAME --role admin"
        )
    begin_log()
    app = create_app(settings)
    parts = attached(app)
    try:
        server: Any = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            channel_timeout=_LONGEST_WAIT,
            max_request_body_size=2 * app.config["MAX_CONTENT_LENGTH"],  # up to here the answer is a page of our own
            clear_untrusted_proxy_headers=False,  # ProxyFix decides which are trusted, and access looks for them
            ident=None,
        )
    except OSError as error:
        parts.workers.stop()
        raise ConfigurationError(
            f"{settings.host}:{settings.port}: {error.strerror}. Choose another with --port or {variable('port')}."
        ) from error
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    warm_up = threading.Thread(target=lambda: parts.translators.engine, name="warm-up", daemon=True)
    warm_up.start()
    signal.signal(signal.SIGTERM, _end)
    try:
        started(f"http://{host}:{server.effective_port}")
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        parts.workers.stop()
        warm_up.join()  # the process must not end while the engine is being loaded: its library would abort


def _why(settings: Settings) -> str:
    """Why accounts are needed."""
    if not settings.is_local:
        return f"{settings.host} can be reached by others"
    names = [variable(name) for name in ("trusted_hosts", "trusted_proxies", "https") if getattr(settings, name)]
    return f"{', '.join(names)}: others come through a proxy"


def _end(number: int, frame: object) -> None:
    raise SystemExit(0)
