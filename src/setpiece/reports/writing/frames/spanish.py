"""Español: todo lo que necesita un informe."""

from setpiece.reports.moments import Topic
from setpiece.reports.writing.frames.spanish_general import GENERAL
from setpiece.reports.writing.frames.spanish_sales import SALES
from setpiece.reports.writing.frames.tongue import Tongue

SPANISH = Tongue(
    code="es",
    frames=SALES | GENERAL,
    this_speaker="esta persona",
    the_other="la otra parte",
    topics={
        Topic.PRICE: "el precio",
        Topic.DATA: "los datos y la seguridad",
        Topic.INTEGRATION: "la integración",
        Topic.PROOF: "las pruebas",
        Topic.EFFORT: "el esfuerzo",
        Topic.TIME: "los plazos",
        Topic.CONTRACT: "el contrato",
        Topic.SUPPORT: "el soporte",
        Topic.QUALITY: "la calidad",
        Topic.ADOPTION: "la adopción",
    },
    quotation=("«", "»"),
    word_and="y",
    decimal=",",
    minutes="{m} minutos",
    seconds="{s} segundos",
    languages={"en": "inglés", "es": "español", "pt": "portugués"},
    contractions=(("a el ", "al "), ("de el ", "del ")),
    library_kinds={
        "objection": "objeción",
        "proof-point": "prueba",
        "use-case": "caso de uso",
        "product": "producto",
        "service": "servicio",
        "core-feature": "función",
        "competitor": "competidor",
        "reference": "referencia",
    },
    section_titles={
        "dominating_traits": "Rasgos dominantes",
        "how_they_think": "Cómo piensa",
        "how_they_operate": "Cómo trabaja",
        "what_drives_them": "Qué le mueve",
        "how_they_connect": "Cómo conecta",
        "how_they_handle_feedback": "Cómo recibe lo que se le dice",
        "pressure_response": "Bajo presión",
        "how_to_get_their_best": "Cómo obtener lo mejor",
        "how_to_handle_the_hard_parts": "Cómo tratar lo difícil",
        "bottom_line": "En resumen",
        "what_drives_a_yes": "Qué lleva al sí",
        "how_to_build_rapport_fast": "Cómo ganar confianza pronto",
        "buying_tendencies": "Cómo compra",
        "how_they_handle_pushback_and_objections": "Cómo plantea dudas y objeciones",
        "how_they_deal_when_a_deal_gets_sticky": "Cuando la venta se atasca",
        "how_to_close": "Cómo cerrar",
        "how_to_follow_up": "Cómo seguir",
    },
)
