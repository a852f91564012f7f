"""What is counted. Patterns are searched in sentences as `hints.heard.plain` makes them: no case, accents or punctuation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Of one language; a sentence counts once for each kind."""

    agreeing: re.Pattern[str]
    disagreeing: re.Pattern[str]
    committing: re.Pattern[str]
    dated: re.Pattern[str]
    courteous: re.Pattern[str]
    hedging: re.Pattern[str]


def _phrases(*patterns: str) -> Phrases:
    return Phrases(*(re.compile(rf"\b(?:{one})\b") for one in patterns))


PHRASES: Mapping[str, Phrases] = {
    "en": _phrases(
        r"yes|yeah|sure|agreed|i agree|of course|exactly|right|makes sense|sounds (?:good|great)|good (?:point|idea|question)|great|perfect|absolutely|happy to",
        r"i (?:disagree|do not (?:agree|think so|believe|want|like)|doubt)|not (?:sure|convinced|true|possible|acceptable)|that is wrong|too (?:expensive|late|long|much|complicated)|we can not|no way|unfortunately",
        r"i will|we will|i am going to|let us|let me (?:send|check|confirm|prepare)|i promise|i can (?:send|do|have)|count on",
        r"\d+|monday|tuesday|wednesday|thursday|friday|tomorrow|today|next (?:week|month|quarter)|january|february|march|april|june|july|august|september|october|november|december",
        r"please|thanks|thank you|appreciate|welcome|sorry|excuse me|good (?:morning|afternoon|evening)|nice to",
        r"i think|i guess|maybe|perhaps|probably|kind of|sort of|i am not sure|might|it depends|more or less|roughly",
    ),
    "es": _phrases(
        r"si|claro|de acuerdo|por supuesto|exacto|tiene sentido|me parece (?:bien|bueno)|suena bien|buena (?:idea|pregunta)|buen punto|perfecto|excelente|con gusto",
        r"no (?:estoy de acuerdo|creo|me convence|nos convence|es cierto|es posible|podemos|quiero|puedo)|dudo|demasiado|muy (?:caro|tarde|complicado)|lamentablemente",
        r"(?:le|les|te|lo|la) (?:envio|mando|confirmo|llamo)|voy a|vamos a|me comprometo|enviare|mandare|preparare|confirmare|cuente con",
        r"\d+|lunes|martes|miercoles|jueves|viernes|manana|hoy|proxima semana|proximo mes|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        r"por favor|gracias|disculpe|perdon|lo siento|buenos dias|buenas tardes|encantad[oa]|mucho gusto|agradezco",
        r"creo que|me parece que|tal vez|quiza|quizas|a lo mejor|probablemente|mas o menos|no estoy segur[oa]|depende|diria que",
    ),
    "pt": _phrases(
        r"sim|claro|concordo|com certeza|exato|faz sentido|parece (?:bom|otimo)|boa (?:ideia|pergunta)|bom ponto|perfeito|otimo|combinado|com prazer",
        r"nao (?:concordo|acho|acredito|me convence|e verdade|e possivel|podemos|quero|posso|da)|duvido|demais|muito (?:caro|tarde|complicado)|infelizmente",
        r"(?:eu )?(?:vou|vamos) (?:te |lhe )?\w+r|(?:te|lhe|eu) (?:mando|envio|confirmo|ligo)|me comprometo|enviarei|mandarei|pode contar",
        r"\d+|segunda|terca|quarta|quinta|sexta|amanha|hoje|semana que vem|proximo mes|proxima semana|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        r"por favor|obrigad[oa]|desculpe?|sinto muito|bom dia|boa tarde|boa noite|prazer|agradeco|gentileza",
        r"acho que|talvez|provavelmente|quem sabe|mais ou menos|nao (?:tenho certeza|sei ao certo)|depende|eu diria|pode ser que",
    ),
}  # fmt: skip
