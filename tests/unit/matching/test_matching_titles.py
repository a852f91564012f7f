"""Reading job titles."""

import pytest

from setpiece.library.titles.parse import parse_title

TITLES = """
VP of Sales | vp | sales
Vice President, Sales | vp | sales
Sales VP | vp | sales
V.P. Sales | vp | sales
VP SALES EMEA | vp | sales
SVP Revenue | vp | sales
EVP, Global Sales | vp | sales
AVP Business Development | vp | business_development
Assistant Vice President, Finance | vp | finance
VP Eng | vp | engineering
VP R&D | vp | engineering
VP | vp | -
Vice President | vp | -
Head of Growth | head | growth
Interim Head of Growth | head | growth
Head of Demand Gen | head | demand_generation
Head of GTM | head | sales
Head of IT | head | it
HEAD OF PEOPLE | head | hr
Head of Platform Engineering | head | platform
Head of Sales at Growth Labs | head | sales
Head of Marketing @acme | head | marketing
Marketing Head | head | marketing
Director - IT Security | director | security
Director of Security Engineering | director | security
Sr. Dir. Revenue Operations | director | revenue_operations
Sales Director, ex-Salesforce | director | sales
Assistant Director of Marketing | director | marketing
Chief of Staff | director | operations
Country Manager Spain | director | general_management
Executive Director | director | general_management
Founder & CEO | owner | general_management
Co-Founder | owner | general_management
Cofounder & CTO | c_level | engineering
Owner | owner | general_management
Managing Partner | owner | general_management
Partner | owner | general_management
CEO | Angel investor | c_level | general_management
CEO 🚀 Angel investor | c_level | general_management
𝗖𝗘𝗢 | c_level | general_management
C.E.O. | c_level | general_management
President | c_level | general_management
Managing Director | c_level | general_management
MD | c_level | general_management
Chief Revenue Officer (CRO) | c_level | sales
CISO | c_level | security
CIO | c_level | it
CTO | c_level | engineering
CFO | c_level | finance
COO | c_level | operations
CMO | c_level | marketing
CHRO | c_level | hr
CPO | c_level | product
CDO | c_level | data
CCO | c_level | sales
Chief People Officer | c_level | hr
GM | head | general_management
General Counsel | head | legal
BDR Manager | manager | sales_development
RevOps Manager | manager | revenue_operations
Product Marketing Manager | manager | product_marketing
Marketing Operations Manager | manager | marketing_operations
Group Product Manager | manager | product
Manager, Customer Success | manager | customer_success
Engineering Manager | manager | engineering
Procurement Manager | manager | procurement
Senior Manager, Data Analytics | manager | analytics
Financial Controller | manager | accounting
SDR Team Lead | lead | sales_development
TA Lead | lead | recruiting
Tech Lead | lead | engineering
Principal Engineer | senior | engineering
Chief Architect | lead | engineering
Sr. Account Executive | senior | sales
Senior Product Manager | senior | product
Senior Site Reliability Engineer | senior | platform
Staff Engineer | senior | engineering
Account Executive | individual | sales
Enterprise Account Executive | individual | sales
AE | individual | sales
AM | individual | account_management
Key Account Manager | individual | account_management
CSM | individual | customer_success
SDR | individual | sales_development
Business Development Representative | individual | sales_development
Sales Engineer | individual | sales_engineering
Solutions Architect | individual | sales_engineering
SRE | individual | platform
DevOps Engineer | individual | platform
PM | individual | product
Product Owner | individual | product
HRBP | individual | hr
Talent Acquisition Partner | individual | recruiting
Data Engineer | individual | data
Support Engineer | individual | support
UX Researcher | individual | research
GTM Engineer | individual | revenue_operations
Lead Generation Specialist | individual | demand_generation
Executive Assistant | individual | administration
Executive Assistant to the CEO | individual | administration
CEO Assistant | individual | administration
Assistant to the CEO | entry | administration
Marketing Assistant | entry | marketing
Marketing Intern | entry | marketing
Product Manager Intern | entry | product
Junior Account Executive | entry | sales
Director Comercial | director | sales
Gerente de Ventas | manager | sales
Jefa de Recursos Humanos | manager | hr
Gerente General | head | general_management
Consejera Delegada | c_level | general_management
Ingeniero de Software | individual | engineering
Director de Seguridad de la Información | director | security
Diretor de Vendas | director | sales
Diretor(a) de Marketing | director | marketing
Gerente de Marketing de Produto | manager | product_marketing
Coordenador de TI | lead | it
Analista de RH | individual | hr
Estagiário de Marketing | entry | marketing
Directeur commercial | director | sales
Directrice des ventes | director | sales
Responsable marketing | manager | marketing
Responsable des achats | manager | procurement
Chef de projet | individual | project_management
PDG | c_level | general_management
DRH | director | hr
Vertriebsleiter | head | sales
Vertriebsleiterin Süd | head | sales
Leiter Marketing | head | marketing
Leiter Einkauf | head | procurement
Personalreferent (m/w/d) | individual | hr
Softwareentwickler:in | individual | engineering
Geschäftsführer | c_level | general_management
Geschaeftsfuehrerin | c_level | general_management
Assistentin der Geschäftsführung | entry | administration
Former VP Sales | - | -
ex-Google engineer | - | -
Pastry Chef | - | hospitality
Registered Nurse | - | healthcare
"""
ROWS = [tuple(line.rsplit(" | ", 2)) for line in TITLES.strip().split("\n")]


@pytest.mark.parametrize(("title", "seniority", "function"), ROWS, ids=[row[0] for row in ROWS])
def test_a_title_is_read_as_level_and_function(title: str, seniority: str, function: str):
    parsed = parse_title(title)
    assert (parsed.seniority or "-", parsed.function or "-") == (seniority, function)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VP of Sales", "Sales Vice-President, EMEA"),
        ("Chief Revenue Officer (CRO)", "CRO"),
        ("Director de Ventas", "Sales Director"),
        ("Diretora de Vendas", "Directeur des ventes"),
        ("Vertriebsleiter", "Head of Sales"),
        ("Sr. Mgr., Mktg", "Senior Marketing Manager"),
    ],
)
def test_two_spellings_of_one_title_have_the_same_words(one: str, other: str):
    assert parse_title(one).roles[0].words == parse_title(other).roles[0].words


@pytest.mark.parametrize(
    ("title", "functions"),
    [
        ("VP Sales & Marketing", ("sales", "marketing")),
        ("Head of Product & Design", ("product", "design")),
        ("Directeur Marketing & Communication", ("marketing", "communications")),
    ],
)
def test_functions_named_side_by_side_are_all_kept(title: str, functions: tuple[str, ...]):
    assert parse_title(title).functions == functions


def test_a_founder_with_a_post_has_both_roles_and_the_post_first():
    roles = parse_title("Founder & CTO").roles
    assert [role.functions[0] for role in roles] == ["engineering", "general_management"]


HOSTILE = {
    "empty": "",
    "blank": "  \n\t ",
    "ten thousand characters": "Head of " * 1_250,
    "one long word": "x" * 10_000,
    "only emoji": "🦄🔥🚀" * 50,
    "right to left": "مدير المبيعات",
    "right-to-left override": "\u202eselaS PV\u202c",
    "nul bytes": "VP\x00 of\x00 Sales\x00",
    "lone surrogate": "VP \ud800 Sales",
    "brackets": "((((([[[[[{{{{",
    "separators": "|||///,,,---&&&",
    "combining marks": "V\u0301\u0301\u0301P" * 100,
    "ligature that grows": "\ufdfa" * 300,
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_title_is_read_without_harm_and_within_bounds(title: str):
    parsed = parse_title(title)
    assert len(parsed.roles) <= 4
    assert all("\x00" not in word for word in parsed.words)


def test_a_nul_byte_does_not_hide_the_title():
    assert parse_title(HOSTILE["nul bytes"]).function == "sales"


def test_a_title_in_a_script_that_is_not_understood_keeps_its_words():
    assert parse_title("مدير المبيعات").words == ("مدير", "المبيعات")
