"""Occupations that few libraries are written for: named, so that they are told from those whose words they share.

A civil engineer is no software engineer and a security guard no CISO. A library that has a persona for one of them finds it
like any other.
"""

OUTSIDE_OFFICES = {
    "construction": """civil engineer, civil engineering, structural engineer, structural engineering, mechanical engineer,
        mechanical engineering, electrical engineer, electrical engineering, chemical engineer, chemical engineering,
        aerospace engineer, aerospace engineering, automotive engineer, industrial engineer, petroleum engineer, mining engineer, naval engineer,
        environmental engineer, biomedical engineer, process engineer, hydraulic engineer, geotechnical engineer,
        surveyor, quantity surveyor, construction, construction manager, site manager, landscape architect, urban planner,
        building architect, interior designer, interior architect, sound engineer, audio engineer, locomotive engineer,
        train engineer, flight engineer, marine engineer, lighting engineer""",
    "trades": """electrician, plumber, carpenter, welder, mechanic, mason, bricklayer, roofer, painter, plasterer, locksmith, machinist,
        auto mechanic, joiner, glazier, cleaner, janitor, custodian, handyman, tailor, seamstress, cobbler, blacksmith, miner,
        machine operator, forklift operator, crane operator, production worker, laborer, labourer""",
    "healthcare": """nurse, registered nurse, head nurse, nursing, nursing director, physician, doctor, surgeon, dentist, pharmacist, pharmacy, midwife,
        therapist, physiotherapist, psychologist, psychiatrist, veterinarian, veterinary, paramedic, caregiver, radiologist,
        cardiologist, pediatrician, medical, chief medical, medical director, clinical, optician, nutritionist, dietitian,
        orthodontist, anesthesiologist, care home, patient care, dental""",
    "education": """teacher, professor, lecturer, school principal, head teacher, headteacher, tutor, dean, educator, kindergarten teacher,
        teaching assistant, librarian, faculty, postdoc, phd, doctoral, driving instructor, instructor, pedagogue""",
    "hospitality": """chef, head chef, executive chef, sous chef, pastry chef, cook, head cook, waiter, waitress, head waiter, bartender, barista, sommelier,
        hotel manager, hotel, restaurant, restaurant manager, restaurant owner, housekeeper, housekeeping, flight attendant,
        cabin crew, concierge, baker, butcher, catering, bar manager, kitchen, tour guide, travel agent""",
    "retail": """sales assistant, shop assistant, store assistant, store manager, shop manager, store associate, sales clerk, cashier,
        retail assistant, retail associate, shelf stacker, merchandiser, retail sales associate, shopkeeper, florist, salesperson store""",
    "transport": """driver, truck driver, bus driver, taxi driver, delivery driver, pilot, airline pilot, captain ship, ship captain, sailor,
        train driver, train conductor, conductor, courier, postman, mail carrier, air traffic controller, sea captain, dispatcher""",
    "public_service": """police, police officer, firefighter, soldier, military, army, navy, air force, security guard, guard, bodyguard, lifeguard, mayor,
        minister, senator, councillor, councilor, ambassador, judge, prosecutor, diplomat, priest, pastor, imam, rabbi, deacon,
        social worker, detective, customs officer, prison, politician, member parliament, city council, student union, probation officer""",
    "arts": """musician, singer, actor, actress, dancer, painter artist, artist, photographer, journalist, reporter, author, poet, novelist,
        composer, film director, movie director, theatre, theater, choir, orchestra, violinist, pianist, guitarist, sculptor,
        news anchor, presenter, illustrator, tattoo artist, cinematographer, dj, stage manager, museum, curator, casting director""",
    "real_estate": "real estate, realtor, real estate agent, property manager, letting agent, leasing agent, landlord, estate agent",
    "agriculture": "farmer, farm, farm manager, gardener, forester, fisherman, agronomist, winemaker, beekeeper, rancher, horticulturist",
    "personal_service": """hairdresser, barber, beautician, nail technician, makeup artist, masseur, massage therapist, nanny, babysitter, personal trainer,
        fitness trainer, fitness coach, football coach, soccer coach, swim coach, life coach, yoga teacher, yoga instructor, athlete, referee, footballer,
        coach sports, dog walker, undertaker, homemaker, retiree, pensioner, stay home, pet groomer""",
}
