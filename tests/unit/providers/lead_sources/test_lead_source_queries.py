"""What may be asked of Salesforce, and what the file of lead sources may say."""

import os
from pathlib import Path

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.lead_sources.salesforce import Salesforce
from setpiece.providers.lead_sources.soql import MOST_ROWS, read_statement


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ("select id from contact", ""),
        ("SELECT Email FROM Lead WHERE Title LIKE '%Growth%'", "Title LIKE '%Growth%'"),
        (
            "SELECT Id FROM Contact WHERE (Account.Industry IN ('Software', 'Media') AND NOT Email = null) OR CreatedDate > 2026-01-01",
            "( Account.Industry IN ( 'Software' , 'Media' ) AND NOT Email = null ) OR CreatedDate > 2026-01-01",
        ),
        (
            "SELECT Id FROM Contact WHERE LastActivityDate = LAST_N_DAYS:30 AND Owner.Manager.Name != 'O\\'Example'",
            "LastActivityDate = LAST_N_DAYS:30 AND Owner.Manager.Name != 'O\\'Example'",
        ),
    ],
)
def test_a_flat_query_of_people_is_put_together_anew(sent: str, asked: str) -> None:
    statement = read_statement(sent)
    assert statement.condition == asked
    assert statement.text.endswith(f" LIMIT {MOST_ROWS}")
    assert ", Email, " in statement.text
    assert statement.count_text.startswith("SELECT COUNT() FROM ")


def test_a_limit_is_kept_and_fields_that_are_asked_for_are_read() -> None:
    statement = read_statement("SELECT Id, Region__c, email FROM Contact LIMIT 20")
    assert statement.asked == ["Region__c"]
    assert statement.limit == 20


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "DELETE FROM Contact",
        "SELECT Id FROM User",
        "SELECT Id FROM Contact, Account",
        "SELECT FIELDS(ALL) FROM Contact",
        "SELECT (SELECT Id FROM Cases) FROM Contact",
        "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case)",
        "SELECT Id FROM Contact WHERE AccountId = '1' OR Id IN ( Select Id from Contact )",
        "SELECT COUNT(Id) FROM Contact",
        "SELECT Id FROM Contact ORDER BY Email",
        "SELECT Id FROM Contact WHERE Name = 'x' ORDER BY Email LIMIT 5",
        "SELECT Id FROM Contact WITH SECURITY_ENFORCED",
        "SELECT Id FROM Contact USING SCOPE everything",
        "SELECT Id FROM Contact WHERE Name = 'x' FOR UPDATE",
        "SELECT Id FROM Contact WHERE Name = 'x' GROUP BY Name",
        "SELECT Id FROM Contact WHERE Name = 'x' ALL ROWS",
        "SELECT Id FROM Contact WHERE Name = 'x' OFFSET 5",
        "SELECT Id FROM Contact WHERE DISTANCE(Location__c, GEOLOCATION(37,122), 'mi') < 20",
        "SELECT Id FROM Contact WHERE Name = 'x') OR (Name = 'y'",
        "SELECT Id FROM Contact WHERE (Name = 'x'",
        "SELECT Id FROM Contact WHERE Name = 'x' ; DELETE",
        "SELECT Id FROM Contact WHERE Name = 'unclosed",
        "SELECT Id FROM Contact WHERE Name = 'line\nbreak'",
        "SELECT Id FROM Contact WHERE Name = :bound",
        "SELECT Id FROM Contact -- comment",
        "SELECT Id FROM Contact /* comment */",
        "SELECT Id Email FROM Contact",
        "SELECT TYPEOF What WHEN Account THEN Phone END FROM Contact",
        "SELECT Id FROM Contact LIMIT many",
        "SELECT Id FROM Contact WHERE",
    ],
)
def test_everything_else_is_refused_with_an_example(sent: str) -> None:
    with pytest.raises(
        Invalid, match=r"The SOQL of 'leadSource.query' is not taken: .* It looks like salesforce:soql:SELECT"
    ):
        read_statement(sent)


def _file(folder: Path, text: str) -> Path:
    path = folder / "lead-sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


async def test_each_workspace_has_its_own_sources_and_keys_may_stand_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBSPOT_OF_ACME", "secret-1")
    text = """
Acme:
  hubspot: {token: "env:HUBSPOT_OF_ACME"}
  salesforce: {instance_url: "https://acme.example", client_id: app, client_secret: secret-2}
  orangeslice: {token: secret-3, url: "https://mcp.example/mcp", limit_argument: null}
"*":
  attio: {token: secret-4}
"""
    sources = LeadSources(_file(tmp_path, text))
    assert sorted(sources.of("Acme")) == ["hubspot", "orangeslice", "salesforce"]
    assert isinstance(sources.of("Acme")["salesforce"], Salesforce)
    assert list(sources.of("Another")) == ["attio"]
    assert LeadSources().of("Acme") == {}
    await sources.aclose()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "must hold the names of workspaces"),
        ("Acme: [", "is not YAML"),
        ("Acme: {hubspots: {token: secret}}", "at 'Acme.hubspots'"),
        ("Acme: {hubspot: {token: [secret]}}", "at 'Acme.hubspot.token'"),
        (
            "Acme: {salesforce: {instance_url: 'https://x.example', client_id: secret}}",
            "needs access_token, or",
        ),
        ("Acme: {twenty: {token: secret, base_url: 'file:///etc'}}", "begins with https"),
        (
            "Acme: {orangeslice: {token: secret, url: 'https://x.example/mcp', fields: {email: mail}}}",
            "such as {mail: email}",
        ),
        ("Acme: {hubspot: {token: 'env:NOT_SET_HERE'}}", "names the variable NOT_SET_HERE"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_tells_no_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        LeadSources(_file(tmp_path, text))
    assert "secret" not in refused.value.message.replace("client_secret", "")
    with pytest.raises(Invalid, match="cannot be read"):
        LeadSources(tmp_path / "missing.yaml")


def test_a_key_is_replaced_by_writing_the_file_and_a_wrong_file_changes_nothing(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    path = tmp_path / "sources.yaml"

    def write(text: str) -> None:
        path.write_text(text)
        os.utime(path, (now, now))

    write("{A: {hubspot: {token: one}}, B: {attio: {token: b}}}")
    sources = LeadSources(path, now=lambda: now)
    first, other = sources.of("A")["hubspot"], sources.of("B")["attio"]
    now += 5
    write("{A: {hubspot: {token: two}}, B: {attio: {token: b}}}")
    assert sources.of("A")["hubspot"] is first  # it may be half written
    now += 2
    second = sources.of("A")["hubspot"]
    assert second is not first
    assert sources.of("B")["attio"] is other
    for wrong in ("{A: {hubspot: {token: ", "[1]"):
        write(wrong)
        now += 2
        assert sources.of("A")["hubspot"] is second
    path.unlink()
    assert sources.of("A")["hubspot"] is second
    write("{B: {}}")
    now += 2
    assert sources.of("A") == {}
