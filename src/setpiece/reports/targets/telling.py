"""The sentences that say why somebody was chosen, or nobody was, in the three languages of reports."""

from setpiece.reports.model import Call

LANGUAGES = ("en", "es", "pt")

_SENTENCES = {
    "speaker": {"en": "speaker {0}", "es": "hablante {0}", "pt": "falante {0}"},
    "named": {"en": "{1} (speaker {0})", "es": "{1} (hablante {0})", "pt": "{1} (falante {0})"},
    "nobody": {
        "en": "Nobody speaks on this recording.",
        "es": "Nadie habla en esta grabación.",
        "pt": "Ninguém fala nesta gravação.",
    },
    "dominant": {
        "en": "{0} speaks most: {1} of all speech.",
        "es": "{0} es quien más habla: {1} de todo lo hablado.",
        "pt": "{0} é quem mais fala: {1} de toda a fala.",
    },
    "timerange": {
        "en": "{0} speaks most between {1} and {2}: {3} of {4} with speech.",
        "es": "{0} es quien más habla entre {1} y {2}: {3} de {4} con voz.",
        "pt": "{0} é quem mais fala entre {1} e {2}: {3} de {4} com voz.",
    },
    "timerange_missed": {
        "en": "Nobody says a word between {0} and {1}; the recording has {2}.",
        "es": "Nadie dice una palabra entre {0} y {1}; la grabación dura {2}.",
        "pt": "Ninguém diz uma palavra entre {0} e {1}; a gravação tem {2}.",
    },
    "entity": {
        "en": "{0} has this voice identity.",
        "es": "{0} tiene esta identidad de voz.",
        "pt": "{0} tem esta identidade de voz.",
    },
    "entity_missed": {
        "en": "Nobody on this recording has the voice identity '{0}'.",
        "es": "Nadie en esta grabación tiene la identidad de voz '{0}'.",
        "pt": "Ninguém nesta gravação tem a identidade de voz '{0}'.",
    },
    "index": {
        "en": "{0} was asked for by number.",
        "es": "Se pidió {0} por su número.",
        "pt": "Pediu-se {0} pelo número.",
    },
    "index_missed": {
        "en": "There is no speaker {0}; this recording has the speakers {1}.",
        "es": "No hay hablante {0}; esta grabación tiene los hablantes {1}.",
        "pt": "Não há falante {0}; esta gravação tem os falantes {1}.",
    },
    "fallback": {
        "en": "As asked for that case, {0} was taken, who speaks most.",
        "es": "Como se pidió para ese caso, se tomó {0}, quien más habla.",
        "pt": "Como pedido para esse caso, foi escolhido {0}, quem mais fala.",
    },
}


def language_of(call: Call, asked: str | None) -> str:
    """The language to tell in: the one asked for, else the call's, else English."""
    return next((one for one in (asked, call.language) if one in LANGUAGES), "en")


def tell(language: str, key: str, *values: str) -> str:
    """The sentence, its first letter a capital; `speaker` and `named` are no sentences and stay as they are."""
    told = _SENTENCES[key][language].format(*values)
    return told if key in ("speaker", "named") else told[:1].upper() + told[1:]


def whom(call: Call, speaker: int, language: str) -> str:
    """A speaker as a reader can find them again: the number of the transcript, and the name that people gave."""
    person = next((one for one in call.people if one.speaker == speaker), None)
    name = (person.name or person.entity_label) if person else None
    return tell(language, "named" if name else "speaker", str(speaker), name or "")


def seconds(value: float) -> str:
    return f"{value:.1f} s"


def percent(ratio: float) -> str:
    return f"{ratio:.0%}"
