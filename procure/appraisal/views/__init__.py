"""Pages of an appraisal, by task: compare, describe, weigh and score, consult, decide."""

from __future__ import annotations

from procure.appraisal.views import comparison, consulting, deciding, describing, weighing
from procure.appraisal.views.saving import pages

__all__ = ["comparison", "consulting", "deciding", "describing", "pages", "weighing"]
