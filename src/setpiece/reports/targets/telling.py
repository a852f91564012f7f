"""The sentences that say why somebody was chosen, or nobody was, in the three languages of reports."""

from setpiece.reports.model import Call

LANGUAGES = ("en", "es", "pt")
_NO_RECORDING_S = 1e6
"""Ten times 12 hours, the longest that is heard, and more."""

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
    "meant": {
        "en": "{0} is meant by '{1}' ({2} sure).",
        "es": "'{1}' se refiere a {0} (seguridad: {2}).",
        "pt": "'{1}' refere-se a {0} (certeza: {2}).",
    },
    "unjudged": {
        "en": "Not judged: {0}. What a voice sounds like, or how somebody feels, is not interpreted.",
        "es": "No se juzga: {0}. No se interpreta cómo suena una voz ni cómo se siente alguien.",
        "pt": "Não é julgado: {0}. Não se interpreta como soa uma voz nem como alguém se sente.",
    },
    "only_unjudged": {
        "en": "Nobody is chosen by '{0}': what a voice sounds like, or how somebody feels, is not interpreted. "
        "Describe what the speaker does or says.",
        "es": "Nadie se elige por '{0}': no se interpreta cómo suena una voz ni cómo se siente alguien. "
        "Describa qué hace o dice el hablante.",
        "pt": "Ninguém é escolhido por '{0}': não se interpreta como soa uma voz nem como alguém se sente. "
        "Descreva o que o falante faz ou diz.",
    },
    "numbered": {
        "en": "'{0}' describes nobody, and numbers differ between tools; use the strategy 'speaker_index' with a number of the "
        "transcript.",
        "es": "'{0}' no describe a nadie, y los números varían entre herramientas; use la estrategia 'speaker_index' con un "
        "número de la transcripción.",
        "pt": "'{0}' não descreve ninguém, e os números variam entre ferramentas; use a estratégia 'speaker_index' com um "
        "número da transcrição.",
    },
    "not_understood": {
        "en": "The hint '{0}' describes nobody; say what the speaker does, says or is called.",
        "es": "La pista '{0}' no describe a nadie; diga qué hace, qué dice o cómo se llama el hablante.",
        "pt": "A dica '{0}' não descreve ninguém; diga o que o falante faz, o que diz ou como se chama.",
    },
    "unclear": {
        "en": "Nobody fits '{0}' clearly enough: {1}; {2} are needed, well ahead of the next.",
        "es": "Nadie encaja con '{0}' con claridad suficiente: {1}; hace falta {2}, con ventaja sobre el siguiente.",
        "pt": "Ninguém se encaixa em '{0}' com clareza suficiente: {1}; é preciso {2}, com vantagem sobre o seguinte.",
    },
    "name_spoken_of": {
        "en": "'{0}' is spoken of on this call, and nobody who speaks is called so.",
        "es": "En esta llamada se habla de '{0}', y nadie que hable se llama así.",
        "pt": "Nesta ligação fala-se de '{0}', e ninguém que fala se chama assim.",
    },
    "name_unheard": {
        "en": "Nobody on this call is called '{0}' or says to be that.",
        "es": "Nadie en esta llamada se llama '{0}' ni dice serlo.",
        "pt": "Ninguém nesta ligação se chama '{0}' nem diz ser isso.",
    },
    "nobody_from": {
        "en": "Nobody on this call says to be from '{0}'.",
        "es": "Nadie en esta llamada dice ser de '{0}'.",
        "pt": "Ninguém nesta ligação diz ser de '{0}'.",
    },
    "nobody_of": {
        "en": "Nobody on this call says to work in: {0}.",
        "es": "Nadie en esta llamada dice trabajar en: {0}.",
        "pt": "Ninguém nesta ligação diz trabalhar em: {0}.",
    },
    "nobody_is": {
        "en": "Nobody on this call says to be '{0}'.",
        "es": "Nadie en esta llamada dice ser '{0}'.",
        "pt": "Ninguém nesta ligação diz ser '{0}'.",
    },
    "nobody_spoke": {
        "en": "It is not clear who spoke of '{0}'.",
        "es": "No está claro quién habló de '{0}'.",
        "pt": "Não está claro quem falou de '{0}'.",
    },
    "nobody_asked": {
        "en": "It is not clear who asked about '{0}'.",
        "es": "No está claro quién preguntó por '{0}'.",
        "pt": "Não está claro quem perguntou sobre '{0}'.",
    },
    "nobody_sells": {
        "en": "Nobody clearly speaks as the one who sells.",
        "es": "Nadie habla claramente como quien vende.",
        "pt": "Ninguém fala claramente como quem vende.",
    },
    "nobody_buys": {
        "en": "Nobody clearly speaks as the one who buys.",
        "es": "Nadie habla claramente como quien compra.",
        "pt": "Ninguém fala claramente como quem compra.",
    },
    "nobody_interviews": {
        "en": "Nobody clearly speaks as the one who interviews.",
        "es": "Nadie habla claramente como quien entrevista.",
        "pt": "Ninguém fala claramente como quem entrevista.",
    },
    "nobody_applies": {
        "en": "Nobody clearly speaks as the one who is interviewed.",
        "es": "Nadie habla claramente como la persona entrevistada.",
        "pt": "Ninguém fala claramente como a pessoa entrevistada.",
    },
    "nobody_decides": {
        "en": "Nobody says to be the one who decides.",
        "es": "Nadie dice ser quien decide.",
        "pt": "Ninguém diz ser quem decide.",
    },
    "nobody_shows": {
        "en": "Nobody clearly presents something.",
        "es": "Nadie presenta algo claramente.",
        "pt": "Ninguém apresenta algo claramente.",
    },
    "nobody_asks": {
        "en": "Nobody clearly asks more questions than the others.",
        "es": "Nadie hace claramente más preguntas que los demás.",
        "pt": "Ninguém faz claramente mais perguntas que os outros.",
    },
    "nobody_measured": {
        "en": "Nobody is ahead in that measure.",
        "es": "Nadie destaca en esa medida.",
        "pt": "Ninguém se destaca nessa medida.",
    },
    "given_name": {
        "en": "This speaker was given the name '{0}'.",
        "es": "A este hablante se le dio el nombre '{0}'.",
        "pt": "A este falante foi dado o nome '{0}'.",
    },
    "names_oneself": {
        "en": "Says the own name: “{0}” at {1}.",
        "es": "Dice su nombre: “{0}” en {1}.",
        "pt": "Diz o próprio nome: “{0}” em {1}.",
    },
    "addressed": {
        "en": "Is addressed so: “{0}” at {1}.",
        "es": "Así se le llama: “{0}” en {1}.",
        "pt": "É chamado assim: “{0}” em {1}.",
    },
    "says": {"en": "Says “{0}” at {1}.", "es": "Dice “{0}” en {1}.", "pt": "Diz “{0}” em {1}."},
    "asks": {"en": "Asks “{0}” at {1}.", "es": "Pregunta “{0}” en {1}.", "pt": "Pergunta “{0}” em {1}."},
    "says_from": {
        "en": "Says to be from there: “{0}” at {1}.",
        "es": "Dice ser de allí: “{0}” en {1}.",
        "pt": "Diz ser de lá: “{0}” em {1}.",
    },
    "is_told": {
        "en": "Is spoken to like that: “{0}” at {1}.",
        "es": "Se le habla así: “{0}” en {1}.",
        "pt": "Falam-lhe assim: “{0}” em {1}.",
    },
    "is_said_of": {
        "en": "That is said of this speaker: “{0}” at {1}.",
        "es": "Eso se dice de este hablante: “{0}” en {1}.",
        "pt": "Isso se diz deste falante: “{0}” em {1}.",
    },
    "talks_of": {"en": "Talks of: {0}.", "es": "Habla de: {0}.", "pt": "Fala de: {0}."},
    "talks_share": {
        "en": "Has {0} of all speech.",
        "es": "Tiene {0} de todo lo hablado.",
        "pt": "Tem {0} de toda a fala.",
    },
    "asks_questions": {
        "en": "Asks {0} of {1} questions.",
        "es": "Hace {0} de {1} preguntas.",
        "pt": "Faz {0} de {1} perguntas.",
    },
    "answers_questions": {
        "en": "Answers {0} of {1} questions.",
        "es": "Responde a {0} de {1} preguntas.",
        "pt": "Responde a {0} de {1} perguntas.",
    },
    "nobody_calls": {
        "en": "Nobody clearly speaks as the one who called.",
        "es": "Nadie habla claramente como quien llamó.",
        "pt": "Ninguém fala claramente como quem ligou.",
    },
    "monologue": {
        "en": "Speaks at most {0} in one go.",
        "es": "Habla como máximo {0} seguidos.",
        "pt": "Fala no máximo {0} seguidos.",
    },
    "interrupts": {
        "en": "Interrupts {0} times.",
        "es": "Interrumpe {0} veces.",
        "pt": "Interrompe {0} vezes.",
    },
    "pace": {
        "en": "Speaks {0} words a minute.",
        "es": "Dice {0} palabras por minuto.",
        "pt": "Diz {0} palavras por minuto.",
    },
    "speaks_first": {
        "en": "Speaks first: “{0}” at {1}.",
        "es": "Habla primero: “{0}” en {1}.",
        "pt": "Fala primeiro: “{0}” em {1}.",
    },
    "speaks_last": {
        "en": "Speaks last: “{0}” at {1}.",
        "es": "Habla al final: “{0}” en {1}.",
        "pt": "Fala por último: “{0}” em {1}.",
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
    """With a tenth; what no recording lasts is not spelled out, as a request may name any number."""
    return f"{value:.1f} s" if value < _NO_RECORDING_S else f"{value:.0e} s"


def percent(ratio: float) -> str:
    return f"{ratio:.0%}"
