"""Every rule. A new one is a function in a file of `rules/`, its value beside it, and a line here."""

from setpiece.library.lint.model import Rule
from setpiece.library.lint.rules.claims import CLAIM_WITHOUT_PROOF, PROOF_WITHOUT_OFFERING
from setpiece.library.lint.rules.fields import (
    CUT_OFF,
    EMPTY_FIELD,
    PLACEHOLDER,
    REPEATED_FACT,
    SAME_NAME,
    STALE,
    TOO_LONG,
)
from setpiece.library.lint.rules.internal_names import INTERNAL_NAME_LEAKS
from setpiece.library.lint.rules.personas import NEAR_DUPLICATE_PERSONAS, PERSONA_UNUSED, SHARED_JOB_TITLE
from setpiece.library.lint.rules.playbooks import LINK_TO_DELETED, LINK_TO_INACTIVE, OVERLAPPING_PLAYBOOKS
from setpiece.library.lint.rules.questions import (
    QUESTION_CONTRADICTS,
    QUESTION_EVERYWHERE,
    QUESTION_NOT_YES_NO,
    QUESTION_REPEATED,
    QUESTION_TOO_VAGUE,
    QUESTIONS_ARCHIVED,
    QUESTIONS_ONLY_LOW,
)

RULES: tuple[Rule, ...] = (
    INTERNAL_NAME_LEAKS,
    LINK_TO_DELETED,
    PLACEHOLDER,
    QUESTION_CONTRADICTS,
    CLAIM_WITHOUT_PROOF,
    CUT_OFF,
    EMPTY_FIELD,
    LINK_TO_INACTIVE,
    NEAR_DUPLICATE_PERSONAS,
    OVERLAPPING_PLAYBOOKS,
    QUESTION_NOT_YES_NO,
    QUESTION_REPEATED,
    QUESTION_TOO_VAGUE,
    REPEATED_FACT,
    SAME_NAME,
    SHARED_JOB_TITLE,
    TOO_LONG,
    PERSONA_UNUSED,
    PROOF_WITHOUT_OFFERING,
    QUESTION_EVERYWHERE,
    QUESTIONS_ARCHIVED,
    QUESTIONS_ONLY_LOW,
    STALE,
)
