"""The line in a mail that says how to get no more of them, for readers whose mail program shows no button, and because laws ask for it.

CAN-SPAM (16 CFR 316) asks for a clear notice and a postal address in the mail itself, GDPR (article 21, 4) that the right to object is
brought to the reader's attention with the first mail. The line is in the language of the mail.
"""

from collections.abc import Mapping

from setpiece.programs.replies.languages.reading import folded, read_languages

_BEGINNINGS: Mapping[str, str] = {
    "en": "If you would rather not hear from us again, ",
    "es": "Si prefiere no recibir más correos nuestros, ",
    "pt": "Se preferir não receber mais e-mails nossos, ",
    "de": "Wenn Sie keine Mails mehr von uns möchten, ",
    "fr": "Si vous ne souhaitez plus recevoir nos messages, ",
}
_BY_LINK: Mapping[str, str] = {
    "en": "unsubscribe here:",
    "es": "puede darse de baja aquí:",
    "pt": "cancele aqui:",
    "de": "melden Sie sich hier ab:",
    "fr": "désinscrivez-vous ici :",
}
_BY_ANSWER: Mapping[str, str] = {
    "en": "answer with “{word}”.",
    "es": "responda con «{word}».",
    "pt": "responda com “{word}”.",
    "de": "antworten Sie mit „{word}“.",
    "fr": "répondez par « {word} ».",
}
WORDS: Mapping[str, str] = {
    "en": "unsubscribe",
    "es": "baja",
    "pt": "cancelar",
    "de": "abmelden",
    "fr": "désinscription",
}
"""What a reader is asked to answer, each of which `classify` takes for a wish to be left alone."""
_ENOUGH = 36
"""Characters of a line by which it is known again: mail programs break quoted lines at 72."""


def opt_out_line(body: str, link: str | None) -> str:
    """How the reader of `body` gets no more mails: by the link, or by an answer where there is none."""
    code = language_of(body)
    if link:
        return f"{_BEGINNINGS[code]}{_BY_LINK[code]} {link}"
    return _BEGINNINGS[code] + _BY_ANSWER[code].format(word=WORDS[code])


def is_opt_out_line(line: str) -> bool:
    """Whether the line is ours: quoted without a mark it must not be taken for a wish of whoever answers."""
    return line.strip()[:_ENOUGH] in _KNOWN


def language_of(text: str) -> str:
    """The language with the most of its common words in the text; English where none stands out."""
    words = folded(text).split()
    counts = {one.code: sum(word in one.words for word in words) for one in read_languages()}
    return max(counts, key=lambda code: (counts[code], code == "en"))


_KNOWN = frozenset(beginning[:_ENOUGH] for beginning in _BEGINNINGS.values())
