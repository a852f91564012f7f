"""Word lists behind the reading of titles: data only, one file per kind of knowledge.

Every list is written with folded words (lower case, no accents). Titles are first put into English words
(`abbreviations`, `romance_posts`, `romance_fields`, `german`), so `function_phrases` and `seniority_phrases`
hold English only.
"""
