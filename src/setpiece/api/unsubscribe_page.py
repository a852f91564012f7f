"""`/unsubscribe`: the link in a mail of a program. Open to whoever has it; the signature in it says for whom it is.

To look at the page changes nothing, because mail servers follow links to check them; the button, and mail programs with one click
(RFC 8058), send a POST.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import Response

from setpiece.api.operation import Endpoint, Operation, endpoint
from setpiece.api.services import Services
from setpiece.kernel.errors import NotFound
from setpiece.programs.replies.unsubscribe_links import PATH, Reader, find_key, read_token, workspace_of
from setpiece.programs.replies.unsubscribing import unsubscribe
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

_READER = Member(UUID(int=0), "Reader", "of a mail")
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The page in one language; `{}` stands for the address."""

    code: str
    title: str
    question: str
    button: str
    done: str
    unknown: str


WORDS = {
    one.code: one
    for one in (
        Words("en", "Unsubscribe", "No more mails to {}?", "Unsubscribe", "Done. {} gets no more mails from us.",
              "This link is not complete; copy it from the mail once more."),
        Words("es", "Darse de baja", "¿No quiere más correos en {}?", "Darse de baja", "Hecho. {} no recibirá más correos nuestros.",
              "El enlace no está completo; cópielo otra vez del correo."),
        Words("pt", "Cancelar inscrição", "Não quer mais e-mails em {}?", "Cancelar inscrição", "Feito. {} não recebe mais e-mails nossos.",
              "O link não está completo; copie-o de novo do e-mail."),
        Words("de", "Abmelden", "Keine Mails mehr an {}?", "Abmelden", "Erledigt. {} bekommt keine Mails mehr von uns.",
              "Der Link ist unvollständig; kopieren Sie ihn noch einmal aus der Mail."),
        Words("fr", "Se désinscrire", "Plus de mails à {} ?", "Se désinscrire", "C'est fait. {} ne recevra plus de mails de notre part.",
              "Le lien est incomplet ; copiez-le de nouveau depuis le mail."),
    )
}  # fmt: skip


def answer_of(method: str) -> Endpoint:
    """The page as an ASGI endpoint; what goes wrong answers as everywhere."""
    handler = _unsubscribe if method == "POST" else _ask
    return endpoint(Operation(method, PATH, handler, None, "Unsubscribe", "Unsubscribing", {}))


async def _ask(request: Request) -> Response:
    words = _words(request)
    try:
        reader = await _reader(request)
    except NotFound:
        return _page(words, words.unknown, status=404)
    return _page(words, words.question.format(reader.email), asks=True)


async def _unsubscribe(request: Request) -> Response:
    words = _words(request)
    try:
        reader = await _reader(request)
    except NotFound:
        return _page(words, words.unknown, status=404)
    services: Services = request.app.state.services
    async with services.database.transaction(reader.workspace_id) as scope:
        await unsubscribe(Work(scope, _READER, services.now()), reader)
    return _page(words, words.done.format(reader.email))


async def _reader(request: Request) -> Reader:
    """Raises NotFound when the link is none of ours."""
    token = request.query_params.get("t", "")
    services: Services = request.app.state.services
    workspace_id = workspace_of(token)
    if workspace_id is None:
        return read_token(token, None)
    async with services.database.bound(workspace_id) as scope:
        return read_token(token, await find_key(scope))


def _words(request: Request) -> Words:
    """In the first language of the reader that the page has."""
    wanted = (
        part.strip()[:2].lower() for part in request.headers.get("accept-language", "")[:200].split(",")
    )
    return next((WORDS[code] for code in wanted if code in WORDS), WORDS["en"])


def _page(words: Words, said: str, *, asks: bool = False, status: int = 200) -> Response:
    shown = _template().render(words=words, said=said, asks=asks)
    return Response(shown, status, _HEADERS, media_type="text/html; charset=utf-8")


@cache
def _template() -> Template:
    loader = PackageLoader("setpiece", "api")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "unsubscribe_page.html"
    )
