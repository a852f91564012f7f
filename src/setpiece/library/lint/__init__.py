"""What is wrong with a library, said before an email shows it: pure rules over a whole library.

`service.lint_workspace` and `service.lint_document` are the entrances; both make a `LintedLibrary` and hand it to
`check.check_library`. A rule is a value in a file under `rules/` and its line in `catalog.py`.
"""
