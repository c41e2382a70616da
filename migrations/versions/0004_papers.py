"""Papers: the council's own templates, what keeps papers, readings of decisions, bids under seal.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def templates_up() -> None:
    """The council's own templates."""
    op.create_table('template_version',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('jinja', 'mergefield', 'plain', name='templatekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['person.id'], name=op.f('fk_template_version_uploaded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_version')),
    sa.UniqueConstraint('name', 'number', name=op.f('uq_template_version_name_number'))
    )
    op.create_table('template_choice',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('chosen_by_id', sa.Integer(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['person.id'], name=op.f('fk_template_choice_chosen_by_id_person')),
    sa.ForeignKeyConstraint(['template_id'], ['template_version.id'], name=op.f('fk_template_choice_template_id_template_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_choice'))
    )
    op.create_index('ix_template_choice_name', 'template_choice', ['name', 'from_on'], unique=False)
    op.create_table('template_move',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('moved_by_id', sa.Integer(), nullable=False),
    sa.Column('moved_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['moved_by_id'], ['person.id'], name=op.f('fk_template_move_moved_by_id_person')),
    sa.ForeignKeyConstraint(['template_id'], ['template_version.id'], name=op.f('fk_template_move_template_id_template_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_move'))
    )
    op.create_index('ix_template_move_about', 'template_move', ['about', 'name'], unique=False)
    op.create_table('template_start',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['template_version.id'], name=op.f('fk_template_start_template_id_template_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_start')),
    sa.UniqueConstraint('about', 'name', name=op.f('uq_template_start_about_name'))
    )


def templates_down() -> None:
    """Undo `templates_up`."""
    op.drop_table('template_start')
    op.drop_index('ix_template_move_about', table_name='template_move')
    op.drop_table('template_move')
    op.drop_index('ix_template_choice_name', table_name='template_choice')
    op.drop_table('template_choice')
    op.drop_table('template_version')


def contract_papers_up() -> None:
    """How a contract is executed, notes of changes, reports, the exit, notice to end it."""
    op.create_table('contract_execution',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('legal_form', sa.Enum('company', 'llp', 'cio', 'society', 'trustees', 'person', 'public', name='legalform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('signatories', sa.Text(), nullable=False),
    sa.Column('seal_number', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_execution_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_execution')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_contract_execution_contract_id'))
    )
    op.create_table('exit_arrangements',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('tasks', sa.Text(), nullable=False),
    sa.Column('assets', sa.Text(), nullable=False),
    sa.Column('staff', sa.Text(), nullable=False),
    sa.Column('final_account', sa.Text(), nullable=False),
    sa.Column('communications', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_exit_arrangements_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_arrangements')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_exit_arrangements_contract_id'))
    )
    op.create_table('performance_report',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('overall', sa.Enum('good', 'approaching_target', 'requires_improvement', 'inadequate', 'other', name='rating', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('paid_late', sa.Integer(), nullable=True),
    sa.Column('issues', sa.Text(), nullable=False),
    sa.Column('risks', sa.Text(), nullable=False),
    sa.Column('improvement', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('paid_late IS NULL OR paid_late >= 0', name=op.f('ck_performance_report_paid_late')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_performance_report_in_order')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_performance_report_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_performance_report')),
    sa.UniqueConstraint('contract_id', 'until_on', name=op.f('uq_performance_report_contract_id_until_on'))
    )
    op.create_table('change_note',
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Enum('council', 'supplier', name='askedby', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('budget_text', sa.Text(), nullable=False),
    sa.Column('legal_view', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['change_id'], ['contract_change.id'], name=op.f('fk_change_note_change_id_contract_change')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_note')),
    sa.UniqueConstraint('change_id', name=op.f('uq_change_note_change_id'))
    )
    op.create_table('end_notice',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('no_fault', 'break', 'fault', 'insolvent', 'bribery', 'unlawful', 'excluded', 'subcontractor', 'agreed', name='endground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('clause', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('break_id', sa.Integer(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('answered', sa.Text(), nullable=False),
    sa.Column('money_text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= given_on', name=op.f('ck_end_notice_in_order')),
    sa.ForeignKeyConstraint(['break_id'], ['contract_break.id'], name=op.f('fk_end_notice_break_id_contract_break')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_end_notice_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_end_notice')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_end_notice_contract_id'))
    )


def contract_papers_down() -> None:
    """Undo `contract_papers_up`."""
    op.drop_table('end_notice')
    op.drop_table('change_note')
    op.drop_table('performance_report')
    op.drop_table('exit_arrangements')
    op.drop_table('contract_execution')


def papers_up() -> None:
    """What papers are written from."""
    contract_papers_up()
    op.create_table('paper_answer',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('question_digest', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_paper_answer_answered_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_answer')),
    sa.UniqueConstraint('about', 'name', 'question_digest', name=op.f('uq_paper_answer_about_name_question_digest'))
    )
    op.create_table('conflicts_assessment',
    sa.Column('procurement_id', sa.Integer(), nullable=False),
    sa.Column('prepared_on', sa.Date(), nullable=False),
    sa.Column('approver_post_id', sa.Integer(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('supplier_steps', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approver_post_id'], ['post.id'], name=op.f('fk_conflicts_assessment_approver_post_id_post')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement.id'], name=op.f('fk_conflicts_assessment_procurement_id_procurement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflicts_assessment')),
    sa.UniqueConstraint('procurement_id', name=op.f('uq_conflicts_assessment_procurement_id'))
    )
    op.create_table('strategy',
    sa.Column('procurement_id', sa.Integer(), nullable=False),
    sa.Column('approver_post_id', sa.Integer(), nullable=False),
    sa.Column('estimated_on', sa.Date(), nullable=True),
    sa.Column('budget_annual', sa.BigInteger(), nullable=True),
    sa.Column('budget_years', sa.Text(), nullable=False),
    sa.Column('budget_conditions', sa.Text(), nullable=False),
    sa.Column('cpv', sa.Text(), nullable=False),
    sa.Column('cpv_reason', sa.Text(), nullable=False),
    sa.Column('stages', sa.Text(), nullable=False),
    sa.Column('value_for_money_text', sa.Text(), nullable=False),
    sa.Column('policy_statement_text', sa.Text(), nullable=False),
    sa.Column('collaboration_text', sa.Text(), nullable=False),
    sa.Column('known_risks', sa.Text(), nullable=False),
    sa.Column('management_text', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('budget_annual IS NULL OR budget_annual > 0', name=op.f('ck_strategy_budget')),
    sa.ForeignKeyConstraint(['approver_post_id'], ['post.id'], name=op.f('fk_strategy_approver_post_id_post')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement.id'], name=op.f('fk_strategy_procurement_id_procurement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_strategy')),
    sa.UniqueConstraint('procurement_id', name=op.f('uq_strategy_procurement_id'))
    )
    op.create_table('addendum',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('may_be_made', sa.Text(), nullable=False),
    sa.Column('deadline_reason', sa.Text(), nullable=False),
    sa.Column('old_deadline_at', sa.DateTime(), nullable=True),
    sa.Column('new_deadline_at', sa.DateTime(), nullable=True),
    sa.Column('issued_at', sa.DateTime(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(old_deadline_at IS NULL) = (new_deadline_at IS NULL)', name=op.f('ck_addendum_deadline_is_whole')),
    sa.CheckConstraint('new_deadline_at IS NULL OR new_deadline_at > old_deadline_at', name=op.f('ck_addendum_deadline_moves_on')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_addendum_lot_id_lot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addendum')),
    sa.UniqueConstraint('lot_id', 'number', name=op.f('uq_addendum_lot_id_number'))
    )
    op.create_table('conflicts_review',
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at_stage', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['conflicts_assessment.id'], name=op.f('fk_conflicts_review_assessment_id_conflicts_assessment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflicts_review')),
    sa.UniqueConstraint('assessment_id', 'on', 'at_stage', name=op.f('uq_conflicts_review_assessment_id_on_at_stage'))
    )
    op.create_table('considered_person',
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('post', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=True),
    sa.Column('interest', sa.Text(), nullable=False),
    sa.Column('interest_kind', sa.Enum('financial', 'financial_indirect', 'personal', 'personal_indirect', 'professional', name='declaredkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('since', sa.Text(), nullable=False),
    sa.Column('conflict_kind', sa.Enum('actual', 'potential', 'perceived', name='conflictkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('advantage', sa.Text(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Enum('resolved', 'managed', 'excluded', name='conflictoutcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("interest = '' OR (interest_kind IS NOT NULL AND conflict_kind IS NOT NULL AND outcome IS NOT NULL AND advantage <> '' AND steps <> '')", name=op.f('ck_considered_person_interest_is_whole')),
    sa.ForeignKeyConstraint(['assessment_id'], ['conflicts_assessment.id'], name=op.f('fk_considered_person_assessment_id_conflicts_assessment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_considered_person')),
    sa.UniqueConstraint('assessment_id', 'number', name=op.f('uq_considered_person_assessment_id_number'))
    )
    op.create_table('pricing_plan',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('lines', sa.Text(), nullable=False),
    sa.Column('own_lines', sa.Integer(), nullable=False),
    sa.Column('rates', sa.Text(), nullable=False),
    sa.Column('refuses_above_most', sa.Boolean(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('own_lines BETWEEN 0 AND 20', name=op.f('ck_pricing_plan_own_lines')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_pricing_plan_lot_id_lot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pricing_plan')),
    sa.UniqueConstraint('lot_id', name=op.f('uq_pricing_plan_lot_id'))
    )
    op.create_table('addendum_change',
    sa.Column('addendum_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('old', sa.Text(), nullable=False),
    sa.Column('new', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['addendum_id'], ['addendum.id'], name=op.f('fk_addendum_change_addendum_id_addendum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addendum_change')),
    sa.UniqueConstraint('addendum_id', 'number', name=op.f('uq_addendum_change_addendum_id_number'))
    )
    op.create_table('bid_check',
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('missing', sa.Text(), nullable=False),
    sa.Column('anomaly', sa.Text(), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('exclusion', sa.Text(), nullable=False),
    sa.Column('as_tendered', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('as_tendered IS NULL OR as_tendered > 0', name=op.f('ck_bid_check_as_tendered')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_bid_check_bid_id_bid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bid_check')),
    sa.UniqueConstraint('bid_id', name=op.f('uq_bid_check_bid_id'))
    )
    op.create_table('evaluation_account',
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('events', sa.Text(), nullable=False),
    sa.Column('due_diligence', sa.Text(), nullable=False),
    sa.Column('single_bid', sa.Text(), nullable=False),
    sa.Column('lessons', sa.Text(), nullable=False),
    sa.Column('checker_post_id', sa.Integer(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['checker_post_id'], ['post.id'], name=op.f('fk_evaluation_account_checker_post_id_post')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_evaluation_account_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_account')),
    sa.UniqueConstraint('evaluation_id', name=op.f('uq_evaluation_account_evaluation_id'))
    )
    op.create_table('moderation_note',
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('discussed', sa.Text(), nullable=False),
    sa.Column('how', sa.Enum('all', 'majority', 'moderator', name='howagreed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('agreed_at', sa.DateTime(), nullable=False),
    sa.Column('prices_were_closed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['award_criterion.id'], name=op.f('fk_moderation_note_criterion_id_award_criterion')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_moderation_note_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_note')),
    sa.UniqueConstraint('evaluation_id', 'criterion_id', name=op.f('uq_moderation_note_evaluation_id_criterion_id'))
    )


def papers_down() -> None:
    """Undo `papers_up`."""
    contract_papers_down()
    op.drop_table('moderation_note')
    op.drop_table('evaluation_account')
    op.drop_table('bid_check')
    op.drop_table('addendum_change')
    op.drop_table('pricing_plan')
    op.drop_table('considered_person')
    op.drop_table('conflicts_review')
    op.drop_table('addendum')
    op.drop_table('strategy')
    op.drop_table('conflicts_assessment')
    op.drop_table('paper_answer')


def minutes_up() -> None:
    """The published words that decisions were read from."""
    op.create_table('decision_source',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_sha256', sa.Text(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_decision_source_whole_digest')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_source_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_source')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_decision_source_meeting_id'))
    )


def minutes_down() -> None:
    """Undo `minutes_up`."""
    op.drop_table('decision_source')


BIDS_STAY = {
    "bid_opening": "The opening of bids is never changed or removed.",
    "late_decision": "The decision on a late bid is never changed or removed.",
}
"""Tables whose rows stay as they were written."""

SEAL_STAYS = ("lot_id", "receipt", "registered_at", "registered_by_id", "entry", "halves")
"""What of a bid under seal never changes, also when it is opened."""

SEAL_STAYS_WORDS = "A bid under seal is never changed or removed."


def bids_stay() -> None:
    """What can't be rubbed out of the record of the bids, whoever tries."""
    changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in SEAL_STAYS)
    rules = [(table, deed, None, words) for table, words in BIDS_STAY.items() for deed in ("UPDATE", "DELETE")]
    rules += [("sealed_bid", "DELETE", None, SEAL_STAYS_WORDS), ("sealed_bid", "UPDATE", changed, SEAL_STAYS_WORDS)]
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""CREATE FUNCTION refuse_bid_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$""")
    for table, deed, when, words in rules:
        name = f"{table}_is_never_{'changed' if deed == 'UPDATE' else 'removed'}"
        only = f"WHEN ({when})" if when else ""
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW {only} "
                       f"EXECUTE FUNCTION refuse_bid_change('{words}')")
        else:
            op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {only} "
                       f"BEGIN SELECT RAISE(ABORT, '{words}'); END")


def bids_up() -> None:
    """Bids under seal and their opening; late bids; letters under seal."""
    op.create_table('bid_opener',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('service', 'outside', name='openerside', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('named_at', sa.DateTime(), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=True),
    sa.Column('locked_key', sa.Text(), nullable=True),
    sa.Column('came_at', sa.DateTime(), nullable=True),
    sa.Column('handed_over', sa.Text(), nullable=True),
    sa.Column('left_at', sa.DateTime(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_bid_opener_lot_id_lot')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_bid_opener_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bid_opener')),
    sa.UniqueConstraint('lot_id', 'person_id', name=op.f('uq_bid_opener_lot_id_person_id'))
    )
    op.create_table('bid_opening',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('closes_at', sa.DateTime(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('service_words', sa.Text(), nullable=False),
    sa.Column('outside_id', sa.Integer(), nullable=False),
    sa.Column('outside_words', sa.Text(), nullable=False),
    sa.Column('under_seal', sa.Integer(), nullable=False),
    sa.Column('remarks', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('service_id <> outside_id', name=op.f('ck_bid_opening_two_people')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_bid_opening_lot_id_lot')),
    sa.ForeignKeyConstraint(['outside_id'], ['person.id'], name=op.f('fk_bid_opening_outside_id_person')),
    sa.ForeignKeyConstraint(['service_id'], ['person.id'], name=op.f('fk_bid_opening_service_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bid_opening')),
    sa.UniqueConstraint('lot_id', name=op.f('uq_bid_opening_lot_id'))
    )
    op.create_table('late_decision',
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('is_admitted', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_late_decision_has_reason')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_late_decision_bid_id_bid')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_late_decision_decided_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_late_decision')),
    sa.UniqueConstraint('bid_id', name=op.f('uq_late_decision_bid_id'))
    )
    op.create_table('sealed_bid',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.Text(), nullable=False),
    sa.Column('registered_at', sa.DateTime(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=False),
    sa.Column('entry', sa.Text(), nullable=False),
    sa.Column('halves', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('bid_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_sealed_bid_bid_id_bid')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_sealed_bid_lot_id_lot')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_sealed_bid_registered_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_bid')),
    sa.UniqueConstraint('receipt', name=op.f('uq_sealed_bid_receipt'))
    )
    op.create_index(op.f('ix_sealed_bid_lot_id'), 'sealed_bid', ['lot_id'], unique=False)

    op.create_table('sealed_file',
    sa.Column('sealed_bid_id', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['sealed_bid_id'], ['sealed_bid.id'], name=op.f('fk_sealed_file_sealed_bid_id_sealed_bid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_file'))
    )
    op.create_index(op.f('ix_sealed_file_sealed_bid_id'), 'sealed_file', ['sealed_bid_id'], unique=False)

    op.add_column('bid_file', sa.Column('opens_with', sa.Text(), nullable=True))

    op.add_column('letter', sa.Column('sealed_for', sa.Text(), nullable=True))
    bids_stay()


def bids_down() -> None:
    """Undo `bids_up`. Letters and files keep all else."""
    op.drop_column('letter', 'sealed_for')
    op.drop_column('bid_file', 'opens_with')
    for table in ('sealed_file', 'sealed_bid', 'late_decision', 'bid_opening', 'bid_opener'):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_bid_change()")


def upgrade() -> None:
    templates_up()
    papers_up()
    minutes_up()
    bids_up()


def downgrade() -> None:
    bids_down()
    minutes_down()
    papers_down()
    templates_down()
