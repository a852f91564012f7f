"""Words in titles that carry neither function nor level."""

from setpiece.library.titles.vocabulary.phrases import as_set

FILLERS = as_set("""
of the for a an in on to de del la las el los do da dos das le les des du d l der die den dem fur von im
par en al no na nos nas pour zu m w f x h au aux ao aos em im zum zur beim vom dans sur con com avec mit pela pelo
its our my their your with into from per ein eine einer eines chez
""")
"""Dropped before phrases are looked for. The conjunctions of `JOINTS` are kept as a border instead."""

PARTICLES = as_set("""
am em se ta ai ar sem sea fin dir po pa as com ae ea des cs ad
""")
"""Short forms in English titles that are common words in Spanish, Portuguese, German or French."""

JOINTS = as_set("""
and und et y e & , / + -- plus
""")
"""Between two things named side by side: no phrase reaches across, so `Product & Design` is both."""

QUALIFIERS = as_set("""
emea apac latam dach nordics benelux mena anz iberia americas amer na uk usa us eu europe asia africa
germany france spain brazil mexico canada india north south east west northern southern eastern western
central northeast northwest southeast southwest america international global worldwide regional region
national area local territory interim acting fractional part time freelance temporary deputy group
corporate enterprise smb mid market midmarket strategic i ii iii iv v 1 2 3 b2b b2c saas remote hybrid
full inc llc gmbh ltd sarl sa ag team
""")
"""Where, for how long or for which accounts: left out when two titles are compared, kept as words for retrieval."""

PAST = as_set("""
ex former formerly previously retired past antiguo antigua anterior ancien ancienne ehemaliger ehemalige
ehemals exdirector exceo aspiring
""")
"""A clause that begins with one of these says what the person was (or hopes to be), not what they are."""

EMPLOYER_MARKS = ("at", "@", "chez", "bei")
"""What follows is the employer's name, which may hold misleading words."""
