"""What dates are called where HTML asks for them."""

import pytest

from factbook.model.dates import parse_date
from factbook.rendering.words import date_for_machines


@pytest.mark.parametrize(
    ("written", "for_machines"),
    [
        ("2020-12-14", "2020-12-14"),
        ("2017-08~", "2017-08"),
        ("2019-07-12/2019-07-25", "2019-07"),
        ("2019-07-12/2019-08-12", "2019"),
        ("2019-07-12/2020-07-12", "2019-07-12"),
        ("2020-12-14/..", "2020-12-14"),
        ("../2020", "2020"),
    ],
)
def test_a_date_is_given_as_exactly_as_html_can_take_it(written: str, for_machines: str) -> None:
    assert date_for_machines(parse_date(written)) == for_machines
