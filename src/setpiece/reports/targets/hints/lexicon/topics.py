"""What is one topic in three languages, so that a hint in one finds a call in another. Stems: a word belongs by its beginning."""

import re

HOW_LONG = re.compile(r"how long|(?:quanto|cuanto) (?:se )?(?:tempo|tiempo|tarda|dura|leva|demora)")
HOW_MUCH = re.compile(r"how much(?! time)")
REQUESTING = re.compile(
    r"\b(?:(?:i|we) (?:would |also )?(?:need|want|like)|(?:can|could) (?:you|we|i)|(?:send|give|show|make) (?:me|us|it)|please|"
    r"(?:necesito|necesitamos|quiero|queremos|quisiera|pido|pedimos|mande|manda|envie)\w*|por favor|(?:preciso|precisamos|quero|queremos|gostaria|queria|pedi|mande|manda)\w*)\b"
)
"""Somebody asks for something without asking a question."""
TOPICS: tuple[frozenset[str], ...] = tuple(
    frozenset(stems.split())
    for stems in (
        "price howmuch quanto cuanto pric cost costs expensive cheap fee fees charge precio coste costo cuesta caro cara tarifa preco custo custa valor",
        "budget presupuest orcament",
        "discount rebate descuent descont",
        "pilot trial piloto prueba teste",
        "security secure safe safety encrypt privacy segurid seguro seguranca cifrad criptograf privacid",
        "data datos dados recordings",
        "store stored storage hosted hosting guardan almacen guardad hosped armazen",
        "contract agreement contrat acuerdo acordo",
        "integrat connect connector sync integra conect sincron",
        "renewal renew renov",
        "cancel termination terminate cancelar rescind",
        "support soport suport help",
        "deadline date timeline schedule plazo fecha prazo data cronograma calendario",
        "onboard training train ramp capacit formacion formac trein entrenam",
        "competitor competition alternative vendor competenc competid concorren proveedor fornecedor",
        "salary pay compensation salari sueldo pretension remuner",
        "team equipo equipe time",
        "invoice bill billing factur fatur cobranza cobranca nota",
        "bug error crash fail broken falla erro fallo problema",
        "login log password access contrasen senha acces acesso entrar",
        "report reporting dashboard report informe relatori panel painel",
        "quarter trimestre",
        "turnover churn rotacion rotativid leaving",
        "spreadsheet excel planilha hoja hojas",
        "warehouse almacen deposito estoque armazem",
        "remote home remoto teletrabaj",
    )
)
_EMPTY_TEXT = """
problem problems problema problemas issue issues wants wanted complaining about that whether thing things something some anything question questions topic subject issue because really actually getting make
making doing they them wants want needs need has have had uses use works pregunta tema cosa algo sobre acerca quiere necesita tiene
pergunta assunto coisa quer precisa tem
"""
EMPTY = frozenset(_EMPTY_TEXT.split())
"""Words of a hint that are no topic."""
