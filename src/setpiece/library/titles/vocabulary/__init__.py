"""Word lists behind the reading of titles: data only, one file per kind of knowledge.

Every list is written with folded words (lower case, no accents). Titles are first put into English words
(`abbreviations`, `romance_posts`, `romance_fields`, `german`), so `function_phrases` and `seniority_phrases`
hold English only. What is long stands as text in `data/`, read by `read` when the first title is: there the lists of
functions, of occupations and settings outside offices, of everyday (`generic`) words and of words that say for whom
(`scopes`), and translations and trades by language, which go before those of the modules.
"""
