"""Spanish: grammar, frames and courtesies. Written so that neither "tú" nor "usted" is needed."""

import re

from setpiece.agents.sequence.writer.grade_romance import spanish_grade
from setpiece.agents.sequence.writer.model import Goal, Job, Tone
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.romance import Grammar, noun_finder, phrase_maker, topic_finder
from setpiece.agents.sequence.writer.tongues.tongue import Courtesies, Frames, Tongue, Use
from setpiece.agents.sequence.writer.verbs import word_set

GRAMMAR = Grammar(
    articles=word_set("el la los las un una unos unas"),
    determiners=word_set(
        "el la los las un una unos unas cada todo toda todos todas su sus este esta estos estas ese esa lo ningún ninguna dos tres "
        "cuatro cinco diez más menos mucho mucha muchos muchas varios varias otro otra otros otras cualquier"
    ),
    prepositions=word_set("de del a al en con sin por para sobre entre desde hasta hacia según tras ante bajo durante"),
    subordinators=word_set("que quien quienes cuando donde si porque aunque como mientras cuyo cuya cuál qué cómo"),
    finite=word_set(
        "llama espera toca retrasa aprueba corresponde debería cabe duele molesta compensa vuelve interesa importa suena "
        "es son está están tiene hay van dan puede hace va da pierde gasta paga cuesta tarda llega sale queda pasa cambia sabe ve lee escribe envía "
        "manda recibe usa guarda muestra permite ayuda evita reduce ahorra elimina calcula genera crea detecta avisa conecta integra "
        "automatiza revisa comprueba verifica sincroniza ofrece incluye sirve funciona convierte mantiene protege cumple exporta importa "
        "necesita depende vive empieza termina acaba falla sube baja crece cae ocurre sigue contiene responde exige requiere obliga "
        "impide bloquea retrasa olvida debe quiere busca encuentra entra abre cierra lleva trae pone sabemos tenemos queremos podemos "
        "somos estamos hacemos usamos fue era ha había será existe aparece conoce entiende explica presenta rellena concilia clasifica "
        "asigna planifica optimiza predice compara alerta registra consulta descarga firma aprueba prepara entrega reparte recoge"
    ),
    finite_or_noun=word_set("cuenta copia marca firma consulta descarga entrega compra venta ruta prueba alerta compara registra factura"),
    plural_endings=("an", "en"),
    no_plurals=word_set(
        "imagen orden margen origen examen joven virgen también bien quien alguien sean tan gran plan plazo almacén recién "
        "equipamiento volumen resumen régimen certamen abdomen crimen germen dictamen gravamen ademán alemán"
    ),
    no_infinitives=word_set("lugar hogar poder bienestar placer taller líder lider alquiler mujer ayer dólar similar particular celular "
                            "escolar regular titular familiar popular solar militar cualquier primer tercer"),
    gerund=re.compile(r"\w+(?:ando|iendo|yendo)"),
    negations=word_set("no nadie nada ningún ninguna nunca"),
    nobody=word_set("nadie"),
    before_verb=word_set("se ya no también siempre solo nunca"),
)  # fmt: skip

_ANY_PROBLEM = ("El problema es este: {f}.", "Un problema conocido: {f}.", "Suele empezar así: {f}.")
_WORRY = ("La duda puede ser {f}.", "Una duda frecuente es {f}.")
_CLAUSE_FIRST = (
    "&|{F}.",
    "&|{F}.",
    "%|{offering} cambia eso: {f}.",
    "Con {offering} en marcha, {f}.",
    "Con {offering}, {f}.",
    "-|{F}.",
)
_THIRD = {Shape.THIRD: ("{offering} {f}.",)}
_OFFER_FIRST = {
    **_THIRD,
    Shape.BARE: ("Con {offering} se puede {f}.", "{offering} permite {f}."),
    Shape.NOUN: ("Con {offering} hay {f}.", "{offering} ofrece {f}."),
    Shape.CLAUSE: _CLAUSE_FIRST,
    Shape.FRAGMENT: (
        "{offering} hace esto: {f}.",
        "La idea de {offering}: {f}.",
        "Lo que aporta {offering}: {f}.",
    ),
}
_OFFER_MORE = {
    Shape.THIRD: ("También {f}.", "-|{offering} {f}."),
    Shape.BARE: ("También permite {f}.", "Así se puede {f}."),
    Shape.NOUN: ("El resultado es {f}.", "También ofrece {f}."),
    Shape.CLAUSE: ("{F}.", "^|Así, {f}."),
    Shape.FRAGMENT: ("En pocas palabras: {f}.", "El resultado: {f}."),
}

FRAMES: Frames = {
    Use.PROBLEM: {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("1|Escribo por un tema concreto: {f}.", "A veces el problema es {f}.", "Un problema conocido es {f}.", "Puede que el freno sea {f}."),
        Shape.BARE: ("Nadie debería tener que {f}.", "A nadie le gusta {f}.", "Puede que toque {f}."),
        Shape.FRAGMENT: _ANY_PROBLEM,
    },
    Use.CONCERN: {
        Shape.NOUN: _WORRY, Shape.BARE: _WORRY, Shape.CLAUSE: ("La duda puede ser que {f}.", "Una duda frecuente es que {f}."),
        Shape.FRAGMENT: ("La duda puede ser esta: {f}.", "Un riesgo que conviene descartar: {f}."),
    },
    Use.OBJECTION: {
        Shape.NOUN: _WORRY, Shape.BARE: _WORRY, Shape.CLAUSE: ("La duda puede ser que {f}.", "Una duda frecuente es que {f}."),
        Shape.FRAGMENT: ("La duda puede ser esta: {f}.", "Una objeción posible: {f}."),
    },
    Use.SAID: {Shape.FRAGMENT: ("Una objeción posible: {f}.",)},
    Use.OBJECTIVE: {
        Shape.BARE: ("{F} es más fácil de decir que de hacer.", "Hay una forma de {f}.", "Puede que interese {f}.", "-|El objetivo es {f}."),
        Shape.NOUN: ("Puede que el objetivo sea {f}.", "Lo que se busca es {f}."),
        Shape.FRAGMENT: ("Un objetivo sencillo: {f}.", "Un buen objetivo: {f}."),
    },
    Use.RESPONSIBILITY: {
        Shape.BARE: ("{F} es parte del trabajo.",), Shape.FRAGMENT: ("Parte del trabajo: {f}.", "Va con el puesto: {f}."),
    },
    Use.SEGMENT: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Una prioridad frecuente: {f}.",)},
    Use.TRIGGER: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Lo que cuesta esperar: {f}.", "Un motivo para verlo ahora: {f}.")},
    Use.SCENARIO: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Un caso típico: {f}.", "Suele empezar así: {f}.")},
    Use.CONTEXT: {
        Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Lo que sé de {company}: {f}.", "Lo que sé hasta ahora: {f}."),
    },
    Use.CALL: {
        Shape.CLAUSE: ("En nuestra llamada oí esto: {f}.", "De nuestra llamada recuerdo esto: {f}.", "Sobre nuestra llamada: {f}."),
    },
    Use.STATUS_QUO: {
        Shape.CLAUSE: ("{F}.",), Shape.BARE: ("Lo habitual es {f}.",), Shape.NOUN: ("Lo habitual es {f}.", "Mientras nada cambia, se sigue con {f}."),
        Shape.FRAGMENT: ("Lo habitual: {f}.", "La respuesta de siempre: {f}."),
    },
    Use.ALTERNATIVE: {Shape.CLAUSE: ("Con {e}, {f}.", "-|{F}."), Shape.FRAGMENT: ("La pega de {e}: {f}.",)},
    Use.INSIGHT: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Nuestro punto de partida: {f}.", "La idea detrás de {offering}: {f}.")},
    Use.OFFER_FIRST: _OFFER_FIRST,
    Use.OFFER_MORE: _OFFER_MORE,
    Use.SERVICE_FIRST: {
        **_OFFER_FIRST, Shape.BARE: ("Con {offering} nos encargamos de {f}.",), Shape.NOUN: ("{offering} incluye {f}.", "Con {offering} hay {f}."),
    },
    Use.SERVICE_MORE: {**_OFFER_MORE, Shape.NOUN: ("También incluye {f}.", "El resultado es {f}.")},
    Use.BENEFIT: {
        Shape.THIRD: ("También {f}.", "-|{offering} {f}."), Shape.BARE: ("Así se puede {f}.", "Eso permite {f}."),
        Shape.NOUN: ("El resultado es {f}.", "Lo que queda es {f}."), Shape.CLAUSE: ("{F}.", "^|Así, {f}."),
        Shape.FRAGMENT: ("El resultado: {f}.", "Lo que aporta: {f}."),
    },
    Use.USE_CASE: _OFFER_FIRST,
    Use.ASIDE: {
        Shape.THIRD: ("{offering} también {f}.",), Shape.BARE: ("También permite {f}.",), Shape.NOUN: ("También ofrece {f}.",),
        Shape.CLAUSE: ("Además, {f}.", "Un punto más: {f}.", "Y otra cosa: {f}.", "-|{F}."),
        Shape.FRAGMENT: ("Un punto más: {f}.", "Y otra cosa: {f}."),
    },
    Use.APPROACH: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Nuestro enfoque: {f}.", "Nuestra forma de hacerlo: {f}.")},
    Use.PROOF: {
        **_THIRD, Shape.CLAUSE: ("{F}.",), Shape.QUOTE: ("Una cita que lo resume: {f}.",),
        Shape.FRAGMENT: ("#|En cifras: {f}.", "#|Un dato: {f}.", "Lo que se puede comprobar: {f}.", "Lo que hay detrás: {f}."),
    },
    Use.REFERENCE: {
        Shape.CLAUSE: ("En {entity}, {f}.", "Un ejemplo es {entity}: {f}."), Shape.THIRD: ("{entity} {f}.",),
        Shape.QUOTE: ("En palabras de {entity}: {f}.",), Shape.FRAGMENT: ("Un ejemplo es {entity}: {f}.", "{entity} es otro ejemplo: {f}."),
    },
    Use.ANSWER: {**_THIRD, Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("La respuesta corta: {f}.", "Así lo vemos: {f}.")},
    Use.GAP: {
        Shape.THIRD: ("{competitor} {f}.",), Shape.FRAGMENT: ("Algo que conviene comprobar con {competitor}: {f}.",),
    },
    Use.ATTACHED: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Un detalle útil: {f}.", "Para que conste: {f}.")},
}  # fmt: skip

_PROBLEM_ASKS = ("¿Pasa lo mismo en {company}?", "¿Suena conocido en {company}?", "¿Es también el caso ahí?", "¿Vale la pena cambiarlo?",
                 "¿Coincide con lo que se ve ahí?", "¿Merece un vistazo?", "¿Es buen momento para verlo?")  # fmt: skip
_OFFER_ASKS = ("¿Merece un vistazo?", "¿Ayudaría eso en {company}?", "¿Sería útil ver un ejemplo?", "¿Envío un ejemplo?",
               "¿Interesan los detalles?", "¿Vale la pena probarlo?", "¿Sería de utilidad?")  # fmt: skip
_TONED = (*_PROBLEM_ASKS[:2], *_OFFER_ASKS, "¿Interesa?")

COURTESIES = Courtesies(
    asks={
        Job.PROBLEM: _PROBLEM_ASKS,
        Job.STATUS_QUO: ("¿Cómo se resuelve hoy?", "¿Se trabaja así también en {company}?", *_PROBLEM_ASKS),
        Job.INSIGHT: ("¿Se ve igual desde ahí?", *_PROBLEM_ASKS),
        Job.PROOF: ("¿Interesa verlo en marcha?", "¿Ayudaría un ejemplo corto?", *_OFFER_ASKS),
        Job.OBJECTION: ("¿Funcionaría así?", "¿Sería así más fácil probarlo?", *_OFFER_ASKS),
        Job.COMPARISON: ("¿Es un motivo para comparar?", *_OFFER_ASKS),
        Job.USE_CASE: ("¿Ocurre también en {company}?", *_OFFER_ASKS),
        Job.GOAL: ("¿Es uno de los objetivos?", "¿Está en la lista de {company}?", *_OFFER_ASKS),
        Job.OFFER: _OFFER_ASKS,
    },
    asks_by_tone={
        Tone.FORMAL: ("¿Sería de interés para {company}?", "¿Le sería útil un ejemplo?", "¿Puedo enviarle los detalles?", "¿Le interesaría verlo?",
                      "¿Es una prioridad en este momento?", "¿Le parece relevante?", "¿Sería de su interés?", "¿Puedo mostrarle un ejemplo?"),
        Tone.FRIENDLY: _TONED, Tone.CASUAL: _TONED, Tone.DIRECT: _TONED,
    },
    asks_by_goal={
        Goal.SCHEDULE_MEETING: ("¿Lo vemos en una llamada corta?", "¿Sería útil una llamada breve?", "¿Hay hueco para una llamada corta?",
                                "¿Vale la pena una llamada corta?", "¿Una llamada breve resolvería el resto?", "¿Lo comentamos por teléfono?",
                                "¿Interesa verlo en una llamada?"),
        Goal.REQUEST_INTRODUCTION: ("¿Quién se ocupa de esto ahí?", "¿Quién sería la persona indicada?", "¿A quién debería preguntar?",
                                    "¿Hay alguien del equipo que lo lleve?", "¿Lo lleva otra persona?", "¿Con quién debería hablarlo?",
                                    "¿Es posible pasarlo a quien corresponda?"),
        Goal.ASK_FOR_FEEDBACK: ("¿Qué falta en este planteamiento?", "¿Coincide con lo que se ve ahí?", "¿Qué habría que cambiar?",
                                "¿Qué interesaría ver primero?", "¿Qué lo haría más útil?", "¿Qué parte importa más?", "¿Se ve igual desde ahí?"),
        Goal.FIND_TIME_TO_CONNECT: ("¿Cuándo sería buen momento para hablar?", "¿Qué día viene bien para una charla corta?",
                                    "¿Hay un buen momento para comentarlo?", "¿Qué hora viene bien?", "¿Cuándo podríamos verlo?",
                                    "¿Hay un momento mejor?", "¿Habría tiempo para comentarlo?"),
        Goal.POLITELY_DISENGAGE: ("¿Lo dejo aquí?", "¿Cierro el tema por mi parte?", "¿Es mejor que no insista?", "¿Lo retomamos en otro momento?",
                                  "¿No es para ahora?", "¿Conviene que lo deje?", "¿Dejo de escribir sobre esto?"),
    },
    last_asks=dict.fromkeys(Tone, ("¿Tiene sentido retomarlo más adelante?", "¿Debería preguntar a otra persona en {company}?",
                    "¿Hay otra persona más indicada para esto?")),
    asks_of_inbound=("¿Qué interesa ver primero?", "¿Qué parte importa más?"),
    asks_of_warm=("¿Sigue siendo un tema abierto?", "¿Es buen momento para retomarlo?"),
    stated_asks=("Basta una respuesta corta si es de interés.", "Si merece un vistazo, quedo a la espera.", "Con un sí envío los detalles.",
                 "Si lo lleva otra persona, ayudaría un nombre.", "Un sí o un no ayudan por igual.", "Si es de interés, basta con responder.",
                 "Puedo enviar un ejemplo si ayuda."),
    wish_asks=("¿Ayudaría {bare}?", "¿Está en la lista {bare}?", "¿Interesa {bare}?"),
    last_words=dict.fromkeys(Tone, ("Este es mi último correo sobre el tema.", "Lo dejo aquí si no hay respuesta.")),
    thanks=("Gracias por el interés en {offering}.",),
    met=("Ya hemos estado en contacto, así que seré breve.",),
    greetings={Tone.PLAIN: "Hola", Tone.FORMAL: "Buenos días", Tone.CASUAL: "Hola", Tone.FRIENDLY: "Hola", Tone.DIRECT: ""},
    sign_offs={Tone.FORMAL: "Atentamente", Tone.FRIENDLY: "Un saludo", Tone.CASUAL: "Saludos"},
)  # fmt: skip


def _unfit(frame: str, text: str) -> bool:
    first = text.split(" ", 1)[0].lower()
    if "nadie" in frame.lower() and "nadie" in text.lower():
        return True
    if frame.startswith("Con {offering} hay") and first in {"el", "la", "los", "las"}:
        return True
    return "," in text and frame.startswith("{F} ")


SPANISH = Tongue(
    code="es",
    name="Spanish",
    frames=FRAMES,
    bare=frozenset({"{F}.", "{offering} {f}.", "{offering} también {f}.", "{entity} {f}.", "Con {e}, {f}."}),
    courtesies=COURTESIES,
    to_phrase=phrase_maker(GRAMMAR),
    topics_of=topic_finder(GRAMMAR),
    nouns_of=noun_finder(GRAMMAR),
    linked="{a}, y {b}",
    and_="y",
    you="",
    its=("También ",),
    about=("{noun} en {company}", "{noun}"),
    plain_subjects=("Una pregunta para {company}", "Sobre {offering}", "Una nota sobre {offering}", "Más sobre {offering}",
                    "Un dato de {offering}", "Otra idea de {offering}", "Un detalle de {offering}", "Algo más de {offering}", "Lo último de {offering}"),
    ps="P. D.: ",
    our_offer="nuestra oferta",
    unfit=_unfit,
    grade_of=spanish_grade,
)  # fmt: skip
