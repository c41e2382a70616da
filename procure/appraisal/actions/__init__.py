"""What a person may do to an appraisal, by task: describe, compare, consult, decide."""

from procure.appraisal.actions.changing import mark_of
from procure.appraisal.actions.comparing import (
    CriterionLine,
    Given,
    add_option,
    agree_criteria,
    correct_option,
    remove_option,
    score,
    set_costs,
    set_criteria,
)
from procure.appraisal.actions.consulting import record_consultation
from procure.appraisal.actions.deciding import agree_as_reviewer, prefer, return_to_author, send_to_reviewer
from procure.appraisal.actions.describing import (
    add_risk,
    begin,
    correct_discarded,
    correct_risk,
    describe,
    discard_option,
    remove_discarded,
    remove_risk,
)

__all__ = [
    "CriterionLine",
    "Given",
    "add_option",
    "add_risk",
    "agree_as_reviewer",
    "agree_criteria",
    "begin",
    "correct_discarded",
    "correct_option",
    "correct_risk",
    "describe",
    "discard_option",
    "mark_of",
    "prefer",
    "record_consultation",
    "remove_discarded",
    "remove_option",
    "remove_risk",
    "return_to_author",
    "score",
    "send_to_reviewer",
    "set_costs",
    "set_criteria",
]
