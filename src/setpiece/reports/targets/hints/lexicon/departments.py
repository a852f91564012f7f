"""Parts of a company, and the titles of who works there. Stems of words are matched at their beginning."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """`named`: how it and its people are called. `topics`: what its people talk about, which is weak evidence."""

    name: str
    named: re.Pattern[str]
    topics: re.Pattern[str]


def _department(name: str, named: str, topics: str) -> Department:
    return Department(name, re.compile(rf"\b(?:{named})\b"), re.compile(rf"\b(?:{topics})\b"))


DEPARTMENTS = (
    _department(
        "finance",
        r"finance|financial|cfo|accounting|accountant|accounts payable|controller|controlling|treasur\w+|bookkeep\w+|finanzas|financier[oa]|contabilidad|contador\w*|contable|tesorer\w+|financas|financeir[oa]|contabilidade|contadora?|controladoria|tesourari\w+",
        r"cash flow|invoic\w+|amorti\w+|capex|opex|fiscal year|accrual\w*|payback|write off|flujo de caja|factur\w+|ejercicio|amortiz\w+|fluxo de caixa|nota fiscal|notas fiscais|faturamento|ano fiscal|margen|margem|purchase order",
    ),
    _department(
        "legal",
        r"legal|lawyer|counsel|attorney|compliance|dpo|data protection officer|juridic[oa]|abogad[oa]|cumplimiento|advogad[oa]",
        r"liabilit\w+|indemni\w+|clause\w*|gdpr|lgpd|rgpd|dpa|data processing|governing law|jurisdiction|redlin\w+|termination|clausula\w*|responsabilidad|responsabilidade|penali\w+|jurisdic\w+|proteccion de datos|protecao de dados|nda",
    ),
    _department(
        "it",
        r"infotech|it (?:department|team|guy|person|manager|director|side|lead|people)|(?:from|in) it$|tech|technical|technology|cto|cio|engineer\w*|developers?|sysadmin|information technology|tecnologia|tecnic[oa]|sistemas|informatica|ingenier\w+|desarrollador\w*|programador\w*|engenh\w+|desenvolvedor\w*",
        r"sso|saml|api|apis|servers?|firewall\w*|integrat\w+|database\w*|webhooks?|active directory|okta|latency|migrat\w+|servidor\w*|integra\w+|base de datos|banco de dados|migra\w+|deploy\w*|sandbox",
    ),
    _department(
        "security",
        r"security|ciso|infosec|information security|seguridad|seguranca|ciberseguridad|ciberseguranca",
        r"encrypt\w+|penetration|pen test\w*|soc 2|iso 27001|vulnerab\w+|access control\w*|audit logs?|cifrad\w+|criptogra\w+|vulnerabil\w+",
    ),
    _department(
        "marketing",
        r"marketing|cmo|brand\w*|demand gen\w*|mercadeo|mercadotecnia|growth|publicidad|publicidade",
        r"campaign\w*|mqls?|landing pages?|webinars?|seo|ad spend|content calendar|campan\w+|campanh\w+|anuncios|leads",
    ),
    _department(
        "hr",
        r"hr|h r|human resources|people ops|people operations|people team|talent\w*|chro|recursos humanos|rrhh|rh|gente y cultura|gestao de pessoas|(?:time|area|equipe|setor) de pessoas|(?:equipo|area) de personas|talento|seleccion|recruiting|recruitment|talent acquisition|recrutamento",
        r"headcount|payroll|benefits|hires?|hiring|onboarding|vacation|turnover|nomina|contrataciones|vacaciones|rotacion|folha de pagamento|contratacoes|ferias|rotatividade",
    ),
    _department(
        "procurement",
        r"procurement|purchasing|buying department|sourcing|compras|adquisiciones|suprimentos|aquisicoes",
        r"rfp|rfq|tender\w*|payment terms|net (?:30|60|90)|supplier\w*|three quotes|vendor form|licitaci\w+|cotizaci\w+|condiciones de pago|licitac\w+|cotac\w+|condicoes de pagamento",
    ),
    _department(
        "operations",
        r"operations|ops|coo|logistics|warehouse|supply chain|operaciones|logistica|almacen|operacoes|estoque|armazem",
        r"shipments?|stock|inventory|shifts?|forklifts?|throughput|pallets?|envios|inventario|turnos|entregas?|remessas|palets?",
    ),
    _department(
        "product",
        r"product (?:manager|owner|team|lead|director)|head of product|cpo|gerente de producto|gerente de produto|jefe de producto",
        r"backlog|sprints?|user stor\w+|feature requests?|release\w*",
    ),
    _department(
        "executive",
        r"ceo|founder|co founder|managing director|owner|president|director(?:a)? general|duen[oa]|fundador\w*|dono|dona da empresa|socio|gerente general|diretor(?:a)? geral|presidente",
        r"the board|investors?|our strategy|inversionistas|inversores|investidores",
    ),
    _department(
        "support",
        r"(?:head|director|manager|vp) of support|support (?:lead|manager|team lead)|jef[ea] de soporte|gerente de suporte",
        r"tickets?|sla|response times?|escalations?",
    ),
)

BARE_TITLES = re.compile(
    r"\b(?:the|a|la|el|o|a)? ?(?:head|director|vp|chief|manager|lead|jef[ea]|gerente|diretor\w*|directora?) (?:of|de|da|do|del)\b"
)
