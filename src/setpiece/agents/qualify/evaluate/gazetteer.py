"""Places by name: countries, groups of countries, and cities and states that an address often names alone.

Names are compared in lower case. A city counts for its country. What is not here is not understood, and stays unknown.
"""

from collections.abc import Mapping, Sequence

from setpiece.agents.qualify.evaluate.words import Word

_EU = """austria belgium bulgaria croatia cyprus czechia denmark estonia finland france germany greece hungary ireland italy latvia
lithuania luxembourg malta netherlands poland portugal romania slovakia slovenia spain sweden"""
_GROUPS = {
    "dach": "germany austria switzerland",
    "benelux": "belgium netherlands luxembourg",
    "nordics": "denmark finland iceland norway sweden",
    "scandinavia": "denmark norway sweden",
    "baltics": "estonia latvia lithuania",
    "iberia": "spain portugal",
    "european union": _EU,
    "eu": _EU,
    "europe": f"{_EU} united-kingdom switzerland norway iceland ukraine serbia albania bosnia moldova montenegro liechtenstein monaco",
    "north america": "united-states canada mexico",
    "latin america": "mexico brazil argentina chile colombia peru uruguay ecuador bolivia paraguay venezuela panama guatemala",
    "latam": "mexico brazil argentina chile colombia peru uruguay ecuador bolivia paraguay venezuela panama guatemala",
    "south america": "brazil argentina chile colombia peru uruguay ecuador bolivia paraguay venezuela",
    "asia": "china japan india singapore south-korea taiwan thailand vietnam indonesia malaysia philippines pakistan bangladesh",
    "apac": "china japan india singapore south-korea taiwan thailand vietnam indonesia malaysia philippines australia new-zealand",
    "anz": "australia new-zealand",
    "middle east": "israel uae saudi-arabia qatar kuwait bahrain oman jordan lebanon",
    "africa": "south-africa nigeria kenya egypt morocco ghana tunisia ethiopia rwanda uganda",
}
_OTHER_NAMES = {
    "us": "united-states", "usa": "united-states", "u.s": "united-states", "united states": "united-states",
    "united states of america": "united-states", "america": "united-states",
    "uk": "united-kingdom", "united kingdom": "united-kingdom", "great britain": "united-kingdom", "britain": "united-kingdom",
    "england": "united-kingdom", "scotland": "united-kingdom", "wales": "united-kingdom", "gb": "united-kingdom",
    "south korea": "south-korea", "korea": "south-korea", "new zealand": "new-zealand", "south africa": "south-africa",
    "saudi arabia": "saudi-arabia", "united arab emirates": "uae", "deutschland": "germany", "españa": "spain",
    "brasil": "brazil", "the netherlands": "netherlands", "holland": "netherlands", "czech republic": "czechia",
}  # fmt: skip
_CITIES = {
    "germany": "berlin munich hamburg cologne frankfurt stuttgart düsseldorf leipzig dresden hannover nuremberg",
    "france": "paris lyon marseille toulouse bordeaux lille nantes",
    "united-kingdom": "london manchester edinburgh bristol leeds glasgow cambridge oxford birmingham",
    "spain": "madrid barcelona valencia seville bilbao",
    "portugal": "lisbon porto braga",
    "italy": "milan rome turin bologna",
    "netherlands": "amsterdam rotterdam utrecht eindhoven",
    "austria": "vienna graz linz salzburg",
    "switzerland": "zurich zürich geneva basel bern lausanne",
    "sweden": "stockholm gothenburg malmö",
    "denmark": "copenhagen aarhus",
    "norway": "oslo bergen",
    "finland": "helsinki espoo tampere",
    "ireland": "dublin cork galway",
    "poland": "warsaw kraków krakow wrocław gdansk",
    "czechia": "prague brno",
    "belgium": "brussels antwerp ghent",
    "united-states": """new-york san-francisco los-angeles boston chicago seattle austin denver miami atlanta dallas houston california
        texas florida colorado massachusetts washington illinois oregon utah arizona virginia nevada ohio michigan pennsylvania
        north-carolina new-jersey minnesota tennessee""",
    "canada": "toronto vancouver montreal ottawa calgary ontario quebec",
    "brazil": "são-paulo sao-paulo rio-de-janeiro",
    "mexico": "mexico-city guadalajara monterrey",
    "india": "bangalore bengaluru mumbai delhi hyderabad pune chennai",
    "israel": "tel-aviv haifa",
    "australia": "sydney melbourne brisbane perth",
    "japan": "tokyo osaka",
}


def _all() -> dict[str, frozenset[str]]:
    countries = {one for group in _GROUPS.values() for one in group.split()}
    places = {one.replace("-", " "): frozenset({one}) for one in countries}
    for country, cities in _CITIES.items():
        places |= {city.replace("-", " "): frozenset({country}) for city in cities.split()}
    places |= {name: frozenset({country}) for name, country in _OTHER_NAMES.items()}
    return places | {name: frozenset(group.split()) for name, group in _GROUPS.items()}


PLACES: Mapping[str, frozenset[str]] = _all()
"""The countries that each name stands for."""


_LONGEST = 4
"""Words in the longest name."""


def joined_places(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with each place made one, whose root is its name in PLACES; the longest name wins."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if _is_place(words[at : at + n])), 0)
        found.append(_joined(words[at : at + size]) if size else words[at])
        at += size or 1
    return tuple(found)


def _is_place(words: Sequence[Word]) -> bool:
    """Names are written as names: `turkey` and `us` in small letters are something else."""
    return words[0].named and _name(words) in PLACES


def _joined(words: Sequence[Word]) -> Word:
    return Word(" ".join(word.text for word in words), _name(words), named=True)


def _name(words: Sequence[Word]) -> str:
    return " ".join(word.text.lower() for word in words)
