"""How the service does: /health for who keeps it running, /metrics for Prometheus. Never a text, a name or an id."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.signals import request_finished, request_started
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from web.access import may
from web.errors import ForbiddenError
from web.parts import Parts, attached, parts
from web.security import limiter
from web.workers import log_failure

metrics = Blueprint("metrics", __name__)
_NAME = "dwibhashi_metrics"
_NO_ROUTE = "none"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class _Metrics:
    """The numbers of one app, in a registry of its own."""

    def __init__(self, measured: Parts) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Work(measured))
        self.requests = Counter("dwibhashi_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry)
        self.seconds = Histogram(
            "dwibhashi_request_seconds", "Seconds until an answer began.", ("route",), buckets=_SECONDS, registry=self.registry
        )


class _Work(Collector):
    """What the parts of the service know themselves, asked for when someone looks."""

    def __init__(self, measured: Parts) -> None:
        self._parts = measured

    def collect(self) -> Iterator[Metric]:
        tally = self._parts.tally
        yield GaugeMetricFamily("dwibhashi_briefs_waiting", "Briefs that are not done yet.", self._parts.briefs.waiting())
        yield CounterMetricFamily("dwibhashi_sentences", "Sentences translated by this process.", tally.sentences)
        flags = CounterMetricFamily("dwibhashi_flags", "Flags on these sentences.", labels=("kind",))
        for kind, count in sorted(tally.flags().items()):
            flags.add_metric([kind], count)
        yield flags

    def describe(self) -> Iterator[Metric]:
        return iter(())  # or the registry would ask the database to learn the names


@metrics.record
def _measure(state: BlueprintSetupState) -> None:
    app = state.app
    assert isinstance(app, Flask)
    app.extensions[_NAME] = _Metrics(attached(app))
    request_started.connect(_begin, app)
    request_finished.connect(_count, app)


@metrics.get("/metrics")
@limiter.exempt
def numbers() -> Response:
    """The numbers as Prometheus reads them; for this machine, and for admins."""
    if not _is_near() and not may("admin"):
        raise ForbiddenError("The metrics can be read on this machine only, or with the key of an admin.")
    registry = _of(current_app).registry
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@metrics.get("/health")
@limiter.exempt
def health() -> Response:
    """Whether the service can work: its database answers."""
    parts().briefs.waiting()
    return jsonify(status="ok")


@metrics.errorhandler(SQLAlchemyError)
def _no_database(error: SQLAlchemyError) -> Response:
    log_failure("the database", error)
    response = jsonify(status="error", detail="The database does not answer. Look at the log of the service.")
    response.status_code = 503
    return response


def _is_near() -> bool:
    """Whether this machine asks, and not someone behind a proxy on it that the settings do not know of."""
    if not parts().settings.trusted_proxies and ("X-Forwarded-For" in request.headers or "Forwarded" in request.headers):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _of(app: Flask) -> _Metrics:
    found: _Metrics = app.extensions[_NAME]
    return found


def _begin(app: Flask) -> None:
    g.begun = time.perf_counter()


def _count(app: Flask, response: Response) -> None:
    """Routes are counted by their rule, which has no ids in it; what has none is counted together."""
    route = str(request.url_rule or _NO_ROUTE)
    method = request.method if request.url_rule else _NO_ROUTE
    found = _of(app)
    found.requests.labels(method, route, str(response.status_code)).inc()
    found.seconds.labels(route).observe(time.perf_counter() - g.begun)
