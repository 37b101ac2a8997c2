"""How a route of the API is written: what it asks and answers is said once, for reading requests and for the document.

A class of our own and not a library, because one route takes JSON and files, and every error is a problem with pointers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar, get_origin

from flask import Blueprint, request
from flask import Response as Answer
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from glossary.errors import ConflictError
from translator.errors import DwibhashiError, EngineError
from web.access import require
from web.accounts import Role
from web.api.models import Fault
from web.briefs import NotFoundError
from web.errors import ForbiddenError, UnknownUserError, failure

JSON, FORM = "application/json", "multipart/form-data"
_MOST_FAULTS = 50  # in one answer
_OTHERWISE = (NotFoundError, ConflictError, EngineError, ForbiddenError, UnknownUserError)  # their status is in web.errors

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """What the document says of a route: `rule` is the path as Flask has it, `errors` are those that not every route has.

    `arguments` and `content` are JSON schemas: of parts of the path that may not be any word, and of answers that are not JSON.
    """

    name: str
    method: str
    rule: str
    tag: str
    about: str
    role: Role | None
    arguments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    answer: type[BaseModel] | tuple[type[BaseModel], ...] | None = None
    content: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    status: int = 200
    errors: Sequence[int] = ()


@dataclass(frozen=True)
class Made:
    """Something new, or under way, and the path where it is."""

    what: BaseModel
    location: str


class InvalidRequestError(DwibhashiError):
    """A request that is not as the document says."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        where = first.pointer or first.parameter
        super().__init__(f"{where}: {first.detail}" if where else first.detail)
        self.faults = faults


class Word(BaseConverter):
    """An id or the name of a format; nothing else gets as far as the database."""

    regex = "[A-Za-z0-9_-]{1,64}"


class Number(BaseConverter):
    """The number of a term, a row or a segment, no greater than databases count."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)


class Api:
    """The routes of one version of the API, in a blueprint."""

    def __init__(self, name: str, prefix: str) -> None:
        self.blueprint = Blueprint(name, __name__, url_prefix=prefix)
        self.operations: list[Operation] = []
        converters = {"word": Word, "number": Number}
        self.blueprint.record(lambda state: state.app.url_map.converters.update(converters))

    def route(self, method: str, rule: str, tag: str, role: Role | None, **said: Any) -> Callable[[_View], _View]:
        """A view at `rule`. It is given its query as `query`, what was sent as `asked`, and returns an answer, Made or None."""

        def added(view: _View) -> _View:
            path, name = f"{self.blueprint.url_prefix}{rule}", view.__name__
            operation = Operation(name, method, path, tag, view.__doc__ or "", role, **said)
            self.operations.append(operation)
            self.blueprint.add_url_rule(rule, name, _answering(operation, view), methods=[method])
            return view

        return added


def _answering(operation: Operation, view: Callable[..., Any]) -> Callable[..., Response]:
    @functools.wraps(view)
    def answering(**values: Any) -> Response:
        try:
            if operation.role:
                require(operation.role)
            if operation.query:
                values["query"] = _read(operation.query, request.args)
            if operation.body or operation.form:
                values["asked"] = _sent(operation)
            return _answer(operation, view(**values))
        except InvalidRequestError as error:
            faults = [fault.model_dump(exclude_none=True) for fault in error.faults]
            return failure(422, str(error), errors=faults)
        except _OTHERWISE:
            raise
        except DwibhashiError as error:  # the request could be read, but what it asks cannot be
            return failure(422, str(error))

    return answering


def _answer(operation: Operation, result: BaseModel | Made | Response | None) -> Response:
    if isinstance(result, Response):
        return result
    model = result.what if isinstance(result, Made) else result
    response = Answer(model.model_dump_json() if model else b"", operation.status, mimetype=JSON)
    if model is None:
        del response.headers["Content-Type"]
    if isinstance(result, Made):
        response.headers["Location"] = result.location
    return response


def _sent(operation: Operation) -> BaseModel:
    if operation.form and request.mimetype == FORM:
        return _read(operation.form, MultiDict([*request.form.items(multi=True), *request.files.items(multi=True)]), body=True)
    if operation.body and request.mimetype == JSON:
        try:
            return operation.body.model_validate_json(request.get_data())
        except ValidationError as error:
            _refuse(error, body=True)
    taken = " or ".join(kind for kind, model in ((JSON, operation.body), (FORM, operation.form)) if model)
    raise UnsupportedMediaType(f"This takes {taken}; say so in the header Content-Type.")


def _read(model: type[BaseModel], values: MultiDict[str, Any], body: bool = False) -> BaseModel:
    """A query or a form: texts, of which some may come more than once."""
    many = {name for name, described in model.model_fields.items() if get_origin(described.annotation) is list}
    read = {name: values.getlist(name) if name in many else values[name] for name in values}
    try:
        return model.model_validate(read)
    except ValidationError as error:
        _refuse(error, body)


def _refuse(error: ValidationError, body: bool) -> NoReturn:
    """Raises BadRequest for what is no JSON, InvalidRequestError for all else."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise BadRequest(f"{found[0]['msg']}. Send JSON in UTF-8.") from error
    faults = []
    for each in found[:_MOST_FAULTS]:
        place = "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in each["loc"])
        where = {"pointer": f"#/{place}" if place else "#"} if body else {"parameter": place}
        faults.append(Fault(detail=each["msg"], **where))
    raise InvalidRequestError(faults) from error


v1 = Api("api_v1", "/api/v1")  # its routes are in the modules v1_*
