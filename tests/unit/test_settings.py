"""The settings and their page say the same."""

import re
from pathlib import Path

import pytest

from setpiece.bootstrap.settings import Settings, read_settings
from setpiece.kernel.errors import Invalid

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented_and_nothing_else_is():
    documented = set(re.findall(r"^\| `SETPIECE_(\w+)`", PAGE.read_text(), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_a_wrong_value_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SETPIECE_LOG_LEVEL", "loud")
    with pytest.raises(Invalid, match="SETPIECE_LOG_LEVEL"):
        read_settings()


def test_the_command_line_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SETPIECE_DATA_DIR", "elsewhere")
    assert read_settings(tmp_path).data_dir == tmp_path


def test_a_database_address_is_never_printed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SETPIECE_DATABASE_URL", "postgresql://someone:s3cret@db/app")
    assert "s3cret" not in repr(read_settings())


def test_an_empty_variable_is_one_that_was_not_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SETPIECE_DATA_DIR", "")
    monkeypatch.setenv("SETPIECE_DATABASE_URL", "")
    settings = read_settings()
    assert settings.database_url is None
    assert settings.data_dir.name == "setpiece"
