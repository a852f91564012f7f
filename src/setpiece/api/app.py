"""The application: every operation of every surface, and one OpenAPI document of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from setpiece import __version__
from setpiece.api import openapi, reference_page, unsubscribe_page
from setpiece.api.edge import Edge
from setpiece.api.gtm import surface as gtm
from setpiece.api.operation import Endpoint, Operation, endpoint, error_response, json_response
from setpiece.api.programs import surface as programs
from setpiece.api.reports import surface as reports
from setpiece.api.services import Services
from setpiece.kernel.errors import Invalid, NotFound, SetpieceError, Unavailable
from setpiece.programs.replies import unsubscribe_links


def create_app(services: Services) -> Starlette:
    """The ASGI application; `services` are opened and closed by the caller."""
    operations = every_operation()
    app = Starlette()
    app.router.redirect_slashes = False
    app.state.services = services
    _serve(app, operations)
    _serve_health(app)
    _serve_documents(app, operations)
    _serve_unsubscribing(app)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Exception, _unexpected)
    app.add_middleware(Edge)
    return app


def every_operation() -> tuple[Operation, ...]:
    """The operations of all surfaces."""
    return (*gtm.operations(), *programs.operations(), *reports.operations())


def _serve(app: Starlette, operations: Iterable[Operation]) -> None:
    """One route for each path, so that a 405 names every method that the path answers."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for operation in operations:
        answer = endpoint(operation)
        for method, path in ((operation.method, operation.path), *operation.also_at):
            by_path.setdefault(path, {})[method] = answer
    for path, answers in by_path.items():
        app.router.add_route(path, _by_method(answers), methods=list(answers))


def _by_method(answers: Mapping[str, Endpoint]) -> Endpoint:
    async def answer(request: Request) -> Response:
        return await answers["GET" if request.method == "HEAD" else request.method](request)

    return answer


def _serve_health(app: Starlette) -> None:
    async def live(_: Request) -> Response:
        return json_response({"status": "ok"})

    async def ready(request: Request) -> Response:
        try:
            await request.app.state.services.ready()
        except Unavailable as reason:
            return error_response(request, reason)
        return json_response({"status": "ok", "version": __version__})

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    for path, answer in (
        ("/health/live", live),
        ("/health/ready", ready),
        ("/metrics", metrics),
    ):
        app.router.add_route(path, answer, methods=["GET"])


def _serve_documents(app: Starlette, operations: Iterable[Operation]) -> None:
    document: dict[str, Any] = openapi.document(operations)

    async def as_json(_: Request) -> Response:
        return json_response(document)

    app.router.add_route("/openapi.json", as_json, methods=["GET"])
    app.router.add_route("/", _to_reference, methods=["GET"])
    app.router.add_route("/docs", reference_page.endpoint(document), methods=["GET"])


def _serve_unsubscribing(app: Starlette) -> None:
    answers = {method: unsubscribe_page.answer_of(method) for method in ("GET", "POST")}
    app.router.add_route(unsubscribe_links.PATH, _by_method(answers), methods=list(answers))


async def _to_reference(_: Request) -> Response:
    return RedirectResponse("/docs", status_code=307)


async def _no_route(request: Request, problem: Exception) -> Response:
    """404 and 405 of the router, in the surface's own shape."""
    assert isinstance(problem, HTTPException)
    path = request.url.path[:200]
    if problem.status_code == 405:
        allowed = ", ".join(sorted((problem.headers or {}).get("Allow", "").split(", ")))
        error: SetpieceError = Invalid(
            f"{path} does not answer {request.method[:20]}; use {allowed or 'another method'}.",
            code="method_not_allowed",
        )
    else:
        error = NotFound(f"There is nothing at {path}; /openapi.json lists every path.", code="unknown_route")
    return error_response(request, error, dict(problem.headers or {}))


async def _unexpected(request: Request, _: Exception) -> Response:
    return error_response(request, SetpieceError("Something went wrong on our side; nothing was changed."))
