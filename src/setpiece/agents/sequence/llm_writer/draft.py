"""An answer that passed the check, as the embedded writer's own values: rendering and annotations are the same for both."""

from collections.abc import Sequence

from setpiece.agents.sequence.llm_writer.outline import EmailOutline, Outline
from setpiece.agents.sequence.llm_writer.written import SECTIONS, Section, WrittenEmail
from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.model import Claim, DraftEmail, SectionName, Sections

_PARAGRAPH_WORDS = 45  # as the embedded writer has it


def draft_emails(emails: Sequence[WrittenEmail], outline: Outline) -> tuple[DraftEmail, ...]:
    """The emails to be sent. What an instruction gives word for word (subject, ask) stands in place of the model's."""
    subject = emails[0].subject if outline.shares_subject else ""
    return tuple(
        _email(written, planned, subject) for written, planned in zip(emails, outline.emails, strict=True)
    )


def _email(written: WrittenEmail, planned: EmailOutline, shared_subject: str) -> DraftEmail:
    subject = planned.subject or shared_subject or written.subject
    cta = (planned.cta,) if planned.cta else _paragraphs(written, "cta")
    sections = {name: _paragraphs(written, name) for name in SECTIONS} | {"cta": cta}
    return DraftEmail(
        subject=subject,
        core_value_prop=_core_value_prop(written),
        sections=Sections(greeting=planned.greeting, signature=planned.signature, **sections),
        claims=_claims(written, planned, with_subject=subject == written.subject, with_cta=not planned.cta),
    )


def _claims(
    written: WrittenEmail, planned: EmailOutline, *, with_subject: bool, with_cta: bool
) -> tuple[Claim, ...]:
    """A claim for each sentence and fact it cites."""
    facts = {fact.id: fact for fact in planned.facts}
    said: list[tuple[SectionName, str, Sequence[str]]] = [
        (one.section, one.text, one.facts) for one in written.sentences if with_cta or one.section != "cta"
    ]
    if with_subject:
        said.append(("subject", written.subject, written.subject_facts))
    return tuple(
        Claim(text, section, facts[one].fact.source, facts[one].said)
        for section, text, ids in said
        for one in ids
    )


def _core_value_prop(written: WrittenEmail) -> str:
    """The sentence that says what the email offers: the first of the body with a fact, else the first with one."""
    stated = [one for one in written.sentences if one.facts]
    return next((one.text for one in stated if one.section == "body"), stated[0].text)


def _paragraphs(written: WrittenEmail, section: Section) -> tuple[str, ...]:
    paragraphs: list[str] = []
    for text in (one.text for one in written.sentences if one.section == section):
        if paragraphs and count_words(f"{paragraphs[-1]} {text}") <= _PARAGRAPH_WORDS:
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
    return tuple(paragraphs)
