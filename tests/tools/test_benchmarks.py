"""Does a figure come out as `area.figure value unit limit data-size ok`?"""

import pytest

from benchmarks.report import Report, number


@pytest.mark.parametrize(
    ("value", "limits", "line"),
    [
        (41.337, {"at_most": 60}, "pages.home 41.34 KB <=60 3-courses ok"),
        (61, {"at_most": 60}, "pages.home 61 KB <=60 3-courses SHORT"),
        (240.0, {"at_least": 100}, "pages.home 240 KB >=100 3-courses ok"),
        (99.5, {"at_least": 100}, "pages.home 99.5 KB >=100 3-courses SHORT"),
        (7, {}, "pages.home 7 KB - 3-courses ok"),
    ],
)
def test_a_line_has_seven_words_at_most(capsys, value, limits, line):
    report = Report(site=None)
    report.figure("pages.home", value, "KB", size="3 courses", **limits)
    assert capsys.readouterr().out == line + "\n"
    assert report.short == (["pages.home"] if line.endswith("SHORT") else [])


@pytest.mark.parametrize(
    ("value", "text"), [(0.00123, "0.00123"), (1234.56, "1235"), (12.0, "12"), (3.14159, "3.142")]
)
def test_numbers_are_read_by_people(value, text):
    assert number(value) == text
