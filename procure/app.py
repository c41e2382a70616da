"""The application: a table of contents. Names every room's pages, facts and commands; decides nothing."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, settings
from procure import databases, errors, frame, tables
from procure.appraisal import facts as appraisal_facts
from procure.appraisal import views as appraisal
from procure.appraisal.documents import OPTIONS_APPRAISAL
from procure.approval import facts as approval_facts
from procure.approval import views as approval
from procure.approval.documents import CABINET_REPORT
from procure.audit import recording
from procure.audit import views as audit
from procure.authority import call_in_views as call_in
from procure.authority import facts as authority_facts
from procure.authority import follow_up_views as _follow_up  # noqa: F401  pages of the blueprint of meetings
from procure.authority import forward_plan_facts, waiver_actions
from procure.authority import forward_plan_views as forward_plan
from procure.authority import meeting_views as meetings
from procure.authority import power_views as powers
from procure.authority import publishing_views as publishing
from procure.authority import reading_views as _reading  # noqa: F401  pages of the blueprint of meetings
from procure.authority import scheme_views as scheme
from procure.authority import views as authority
from procure.authority import waiver_views as waivers
from procure.authority.documents import OF_AUTHORITY
from procure.award import actions as award_actions
from procure.award import facts as award_facts
from procure.award import route_facts as award_route_facts
from procure.award import views as award
from procure.award.documents import ASSESSMENT_SUMMARY, ASSESSMENT_SUMMARY_WINNER, LETTER_TO_WINNER
from procure.award.recommendation_documents import OF_THE_RECOMMENDATION
from procure.award.report_back_documents import REPORT_BACK
from procure.budget import facts as budget_facts
from procure.budget import views as budget
from procure.cli import commands
from procure.contract import facts as contract_facts
from procure.contract import life_facts as contract_life_facts
from procure.contract import views as contract
from procure.contract.documents import OF_THE_CONTRACT
from procure.council import figure_views as _figures  # noqa: F401  pages of the same blueprint
from procure.council import procedure_views as _procedure  # noqa: F401  pages of the same blueprint
from procure.council import views as council
from procure.desk import case_file_views as _case_file  # noqa: F401  pages of the same blueprint
from procure.desk import report_views as _reports  # noqa: F401  pages of the same blueprint
from procure.desk import views as desk
from procure.desk.case_file_jobs import JOBS as JOBS_OF_THE_CASE_FILE
from procure.documents import asking_views as _asking  # noqa: F401  pages of the blueprint of documents
from procure.documents import template_views as _templates  # noqa: F401  pages of the same blueprint
from procure.documents import views as documents
from procure.documents.jobs import JOBS as JOBS_WITH_PAPERS
from procure.documents.registry import register
from procure.evaluation import facts as evaluation_facts
from procure.evaluation import views as evaluation
from procure.evaluation.documents import EXCLUSION_NOTICE, OF_THE_EVALUATION
from procure.evaluation.jobs import PACK_OF_BIDS
from procure.extensions import csrf, db, migrate
from procure.jobs import declare as long_work
from procure.jobs import views as jobs
from procure.mail import views as mail
from procure.notices import views as notices
from procure.people import facts as people_facts
from procure.people import views as people
from procure.procurement import regime_views as _regimes  # noqa: F401
from procure.procurement import views as procurement
from procure.procurement.actions import WHEN_SENT_BACK, WHEN_WAIVED
from procure.procurement.facts import TELLERS
from procure.register import list_views as contract_lists
from procure.register import views as register_pages
from procure.register.jobs import JOBS as JOBS_OF_THE_REGISTER
from procure.register.list_jobs import LISTS as JOBS_WITH_LISTS
from procure.reminder import asking as reminder_asking
from procure.reminder import facts as reminder_facts
from procure.reminder import views as reminder
from procure.tender import addendum_views as _addenda  # noqa: F401  pages of the blueprint of the tender
from procure.tender import facts as tender_facts
from procure.tender import opening_views as _opening  # noqa: F401  pages of the same blueprint
from procure.tender import pack_views as tender
from procure.tender import programme_views as _programme  # noqa: F401
from procure.tender import question_views as _questions  # noqa: F401
from procure.tender import sealed_views as _sealed  # noqa: F401
from procure.tender import settled_views as _settled  # noqa: F401
from procure.tender import starting_views as _starting  # noqa: F401
from procure.tender import timetable_views as _timetable  # noqa: F401
from procure.tender.documents import OF_THE_TENDER
from procure.tender.entering_actions import ENTER_BIDS

PAGES = (
    desk, people, council, audit, documents, mail, jobs, budget, authority, meetings, powers, call_in,
    publishing, forward_plan, scheme, waivers, notices,
    procurement, appraisal, approval, tender, evaluation, award, contract, reminder, register_pages, contract_lists,
)  # fmt: skip

FACTS = (
    appraisal_facts, approval_facts, authority_facts, forward_plan_facts, tender_facts, evaluation_facts, award_facts,
    award_route_facts,
    contract_facts, contract_life_facts, reminder_facts, people_facts, budget_facts,
)  # fmt: skip

PAPERS = (
    OPTIONS_APPRAISAL, CABINET_REPORT, *OF_AUTHORITY, LETTER_TO_WINNER, ASSESSMENT_SUMMARY,
    ASSESSMENT_SUMMARY_WINNER, *OF_THE_TENDER, *OF_THE_EVALUATION, EXCLUSION_NOTICE, *OF_THE_RECOMMENDATION,
    REPORT_BACK, *OF_THE_CONTRACT,
)  # fmt: skip

JOBS = (
    *JOBS_WITH_PAPERS, PACK_OF_BIDS, ENTER_BIDS, *JOBS_OF_THE_CASE_FILE, *JOBS_OF_THE_REGISTER, *JOBS_WITH_LISTS,
)  # fmt: skip


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """Build the application from the environment, or from settings given by a test."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    app.config.from_mapping(settings() if overrides is None else overrides)
    assert tables.ROWS
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    if app.config.get("TRUSTED_PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["TRUSTED_PROXIES"])  # type: ignore[method-assign]
    with app.app_context():
        databases.prepare(db.engine)
        recording.listen(db.session)
        reminder_asking.listen(db.session)
    for room in PAGES:
        app.register_blueprint(room.pages)
    for facts in FACTS:
        TELLERS.listen_to(facts)
    if award_actions.when_sent_back not in WHEN_SENT_BACK:
        WHEN_SENT_BACK.append(award_actions.when_sent_back)
    if waiver_actions.keep_the_use not in WHEN_WAIVED:
        WHEN_WAIVED.append(waiver_actions.keep_the_use)
    register(*PAPERS)
    long_work.register(*JOBS)
    frame.dress(app)
    errors.catch(app)
    commands.offer(app)
    return app
