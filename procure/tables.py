"""Every room's rows, imported once, so that rooms may name one another's rows by string."""

from procure.appraisal import models as appraisal
from procure.approval import models as approval
from procure.audit import models as audit
from procure.authority import forward_plan_models as forward_plan
from procure.authority import models as authority
from procure.authority import publishing_models as publishing
from procure.authority import reading_models as readings
from procure.authority import waiver_models as waivers
from procure.award import models as award
from procure.award import route_models as award_routes
from procure.budget import models as budget
from procure.contract import life_models as contract_life
from procure.contract import models as contract
from procure.contract import paper_models as contract_papers
from procure.council import models as council
from procure.documents import asking_models as asking
from procure.documents import models as documents
from procure.documents import template_models as templates
from procure.evaluation import exclusion_models as exclusions
from procure.evaluation import models as evaluation
from procure.evaluation import reopening_models as reopenings
from procure.evaluation import report_models as evaluation_papers
from procure.jobs import models as jobs
from procure.mail import models as mail
from procure.notices import models as notices
from procure.people import models as people
from procure.procurement import models as procurement
from procure.register import list_models as contract_lists
from procure.register import models as register
from procure.reminder import models as reminder
from procure.suppliers import models as suppliers
from procure.tender import addendum_models as addenda
from procure.tender import conflict_models as conflicts
from procure.tender import models as tender
from procure.tender import pack_models as tender_pack
from procure.tender import pricing_models as pricing
from procure.tender import programme_models as programme
from procure.tender import question_models as questions
from procure.tender import sealed_models as sealed_bids
from procure.tender import strategy_models as strategy
from procure.tender import timetable_models as timetable

ROWS = (
    people, council, suppliers, audit, documents, asking, templates, mail, jobs, budget, authority, forward_plan,
    publishing, readings, waivers, notices, procurement, appraisal, approval, tender, tender_pack, timetable, programme,
    questions, strategy, conflicts, pricing, addenda, sealed_bids, evaluation, evaluation_papers, reopenings,
    exclusions, award, award_routes, contract, contract_life, contract_papers, reminder, contract_lists, register,
)  # fmt: skip
