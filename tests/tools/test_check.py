"""Does `make check` try the production settings for real, with the documented example and nothing else?"""

from scripts import check


def deploy(monkeypatch, capsys, **changes):
    """Runs the check of the production settings; returns whether it passed and what it said."""
    values = {**check.production(), **changes}
    monkeypatch.setattr(check, "production", lambda: values)
    monkeypatch.chdir(check.ROOT)
    passed = check.passes("deploy", check.checks()["deploy"])
    return passed, capsys.readouterr().out


def test_the_documented_example_passes(monkeypatch, capsys):
    passed, said = deploy(monkeypatch, capsys)
    assert passed, said


def test_without_an_address_for_reports_of_abuse_it_fails_and_says_which(monkeypatch, capsys):
    passed, said = deploy(monkeypatch, capsys, SENDA_ABUSE_EMAIL="")
    assert not passed
    assert "programme.E001" in said
    assert "SENDA_ABUSE_EMAIL" in said


def test_this_shells_own_variables_do_not_reach_it(monkeypatch):
    monkeypatch.setenv("SENDA_INSECURE_HTTP", "1")
    assert "SENDA_INSECURE_HTTP" not in check.production()
