"""What a title is about, and which functions stand in for each other."""

from enum import StrEnum


class Function(StrEnum):
    """The business function of a role. A title may name several."""

    GENERAL_MANAGEMENT = "general_management"
    SALES = "sales"
    SALES_DEVELOPMENT = "sales_development"
    SALES_ENGINEERING = "sales_engineering"
    SALES_ENABLEMENT = "sales_enablement"
    BUSINESS_DEVELOPMENT = "business_development"
    ACCOUNT_MANAGEMENT = "account_management"
    REVENUE_OPERATIONS = "revenue_operations"
    SALES_OPERATIONS = "sales_operations"
    PARTNERSHIPS = "partnerships"
    MARKETING = "marketing"
    MARKETING_OPERATIONS = "marketing_operations"
    PRODUCT_MARKETING = "product_marketing"
    DEMAND_GENERATION = "demand_generation"
    GROWTH = "growth"
    CONTENT = "content"
    COMMUNICATIONS = "communications"
    PRODUCT = "product"
    ENGINEERING = "engineering"
    PLATFORM = "platform"
    QUALITY = "quality"
    DATA = "data"
    ANALYTICS = "analytics"
    SECURITY = "security"
    IT = "it"
    FINANCE = "finance"
    FINANCIAL_PLANNING = "financial_planning"
    ACCOUNTING = "accounting"
    LEGAL = "legal"
    COMPLIANCE = "compliance"
    HR = "hr"
    RECRUITING = "recruiting"
    CUSTOMER_SUCCESS = "customer_success"
    SUPPORT = "support"
    OPERATIONS = "operations"
    SUPPLY_CHAIN = "supply_chain"
    MANUFACTURING = "manufacturing"
    PROCUREMENT = "procurement"
    DESIGN = "design"
    RESEARCH = "research"
    PROJECT_MANAGEMENT = "project_management"
    STRATEGY = "strategy"
    ADMINISTRATION = "administration"
    INVESTING = "investing"
    LEGAL_PRACTICE = "legal_practice"
    CONSTRUCTION = "construction"
    TRADES = "trades"
    HEALTHCARE = "healthcare"
    EDUCATION = "education"
    HOSPITALITY = "hospitality"
    RETAIL = "retail"
    TRANSPORT = "transport"
    PUBLIC_SERVICE = "public_service"
    ARTS = "arts"
    REAL_ESTATE = "real_estate"
    AGRICULTURE = "agriculture"
    PERSONAL_SERVICE = "personal_service"


OUTSIDE = frozenset(list(Function)[list(Function).index(Function.INVESTING) :])
"""Work outside offices, and that of investors, which no word of a function inside them makes less foreign."""

_RELATED = """
sales account_management 0.75
sales business_development 0.75
sales sales_development 0.6
sales revenue_operations 0.45
sales sales_operations 0.45
sales sales_enablement 0.45
sales sales_engineering 0.35
sales partnerships 0.4
sales_development business_development 0.7
sales_development demand_generation 0.35
revenue_operations sales_operations 0.75
revenue_operations marketing_operations 0.6
sales_operations sales_enablement 0.45
revenue_operations sales_enablement 0.6
account_management customer_success 0.6
business_development partnerships 0.7
marketing demand_generation 0.75
marketing growth 0.7
marketing product_marketing 0.65
marketing content 0.65
marketing communications 0.6
marketing marketing_operations 0.6
demand_generation growth 0.75
demand_generation marketing_operations 0.5
content communications 0.6
product growth 0.35
product design 0.4
product product_marketing 0.4
engineering platform 0.6
engineering quality 0.5
engineering data 0.4
data analytics 0.75
analytics research 0.35
analytics financial_planning 0.3
engineering research 0.4
engineering product 0.3
platform it 0.45
platform security 0.35
security it 0.45
security compliance 0.4
legal compliance 0.5
finance financial_planning 0.65
finance accounting 0.6
finance compliance 0.3
financial_planning accounting 0.45
accounting compliance 0.3
data research 0.35
hr recruiting 0.65
customer_success support 0.5
operations supply_chain 0.45
operations manufacturing 0.45
operations project_management 0.4
operations strategy 0.4
procurement supply_chain 0.55
design research 0.35
general_management operations 0.35
general_management strategy 0.35
"""


def _pairs() -> dict[tuple[Function, Function], float]:
    pairs: dict[tuple[Function, Function], float] = {(f, f): 1.0 for f in Function}
    for line in _RELATED.split("\n"):
        if line:
            one, other, value = line.split()
            pairs[Function(one), Function(other)] = pairs[Function(other), Function(one)] = float(value)
    return pairs


_CLOSENESS = _pairs()


def closeness(one: Function, other: Function) -> float:
    """1.0 for the same function, the table's value for related ones, 0.0 otherwise. Values are judgement."""
    return _CLOSENESS.get((one, other), 0.0)


def neighbours(function: Function) -> tuple[tuple[Function, float], ...]:
    """Related functions, nearest first, the function itself included."""
    near = [(other, value) for (one, other), value in _CLOSENESS.items() if one is function]
    return tuple(sorted(near, key=lambda pair: -pair[1]))
