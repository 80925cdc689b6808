"""One function a screen; each returns a frozen dataclass and asks the same number of queries for 2 rows and 200."""

from learning.queries.cohort import CohortView, cohort_view, facilitated
from learning.queries.course import Standing, standing_in
from learning.queries.doors import Doors, doors
from learning.queries.mine import Mine, Record, mine, record
from learning.queries.study import Study, find_enrolment, study

__all__ = [
    "CohortView",
    "Doors",
    "Mine",
    "Record",
    "Standing",
    "Study",
    "cohort_view",
    "doors",
    "facilitated",
    "find_enrolment",
    "mine",
    "record",
    "standing_in",
    "study",
]
