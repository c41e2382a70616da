"""How options are compared, and when an appraisal is whole."""

from procure.appraisal.rules.comparing import OptionKind
from procure.appraisal.rules.wholeness import AppraisalFacts, appraisal_is_whole

__all__ = ["AppraisalFacts", "OptionKind", "appraisal_is_whole"]
