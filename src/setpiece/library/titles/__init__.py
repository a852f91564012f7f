"""How job titles and words are read, and the terms by which entities are found in a library of any size.

Pure functions over word lists in `vocabulary/`. `parse.py` turns a title into level and functions, `words.py` makes
free text comparable, `terms.py` gives the keys that are stored with an entity and asked for with a prospect.
"""
