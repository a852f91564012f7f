"""Português: tudo de que um relatório precisa."""

from setpiece.reports.moments import Topic
from setpiece.reports.writing.frames.portuguese_general import GENERAL
from setpiece.reports.writing.frames.portuguese_sales import SALES
from setpiece.reports.writing.frames.tongue import Tongue

PORTUGUESE = Tongue(
    code="pt",
    frames=SALES | GENERAL,
    this_speaker="esta pessoa",
    the_other="o outro lado",
    topics={
        Topic.PRICE: "o preço",
        Topic.DATA: "os dados e a segurança",
        Topic.INTEGRATION: "a integração",
        Topic.PROOF: "as provas",
        Topic.EFFORT: "o esforço",
        Topic.TIME: "os prazos",
        Topic.CONTRACT: "o contrato",
        Topic.SUPPORT: "o suporte",
        Topic.QUALITY: "a qualidade",
        Topic.ADOPTION: "a adoção",
    },
    quotation=("“", "”"),
    word_and="e",
    decimal=",",
    minutes="{m} minutos",
    seconds="{s} segundos",
    languages={"en": "inglês", "es": "espanhol", "pt": "português"},
    contractions=(("de esta ", "desta "), ("em esta ", "nesta ")),
    library_kinds={
        "objection": "objeção",
        "proof-point": "prova",
        "use-case": "caso de uso",
        "product": "produto",
        "service": "serviço",
        "core-feature": "função",
        "competitor": "concorrente",
        "reference": "referência",
    },
    section_titles={
        "dominating_traits": "Traços dominantes",
        "how_they_think": "Como pensa",
        "how_they_operate": "Como trabalha",
        "what_drives_them": "O que move esta pessoa",
        "how_they_connect": "Como se conecta",
        "how_they_handle_feedback": "Como recebe o que ouve",
        "pressure_response": "Sob pressão",
        "how_to_get_their_best": "Como obter o melhor",
        "how_to_handle_the_hard_parts": "Como lidar com o difícil",
        "bottom_line": "Em resumo",
        "what_drives_a_yes": "O que leva ao sim",
        "how_to_build_rapport_fast": "Como ganhar confiança logo",
        "buying_tendencies": "Como compra",
        "how_they_handle_pushback_and_objections": "Como traz dúvidas e objeções",
        "how_they_deal_when_a_deal_gets_sticky": "Quando a venda trava",
        "how_to_close": "Como fechar",
        "how_to_follow_up": "Como dar seguimento",
    },
)
