"""The competition: dated figures of the council's own, timetables beside what happened, panels and routes.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def figures_up() -> None:
    """Figures of the law that administrators add; timetables."""


def figures_down() -> None:
    """Undo `figures_up`."""


def panel_up() -> None:
    """Evaluation: exclusions, debarment, scores opened again, the opening as a job."""
    op.create_table('exclusion_check',
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('list_checked_on', sa.Date(), nullable=False),
    sa.Column('list_edition', sa.Text(), nullable=False),
    sa.Column('is_listed', sa.Boolean(), nullable=False),
    sa.Column('connected', sa.Text(), nullable=False),
    sa.Column('associated', sa.Text(), nullable=False),
    sa.Column('subcontractors', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.DateTime(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("list_edition <> ''", name=op.f('ck_exclusion_check_has_edition')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_exclusion_check_bid_id_bid')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_exclusion_check_checked_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exclusion_check')),
    sa.UniqueConstraint('bid_id', name=op.f('uq_exclusion_check_bid_id'))
    )
    op.create_table('exclusion_ground',
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Enum('bidder', 'connected', 'associated', 'subcontractor', name='about', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('about_name', sa.Text(), nullable=False),
    sa.Column('ground', sa.Enum('manslaughter', 'terrorism', 'fraud', 'slavery', 'organised_crime', 'tax_offence', 'cartel', 'other_offence', 'tax_misconduct', 'competition', 'no_cooperation', 'debarred', 'unfair_advantage', 'labour_misconduct', 'environment', 'insolvency', 'possible_competition', 'professional', 'poor_performance', 'improper', 'national_security', 'may_be_debarred', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('self_cleaning', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Enum('does_not_apply', 'not_again', 'replaced', 'stays_in', 'excluded', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('bidder_told_on', sa.Date(), nullable=True),
    sa.Column('minister_told_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("evidence <> ''", name=op.f('ck_exclusion_ground_has_evidence')),
    sa.CheckConstraint("outcome IS NULL OR (reason <> '' AND decided_on IS NOT NULL)", name=op.f('ck_exclusion_ground_decided_with_reason')),
    sa.CheckConstraint('answered_on IS NULL OR answered_on >= asked_on', name=op.f('ck_exclusion_ground_asked_then_answered')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_exclusion_ground_bid_id_bid')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['post.id'], name=op.f('fk_exclusion_ground_decided_by_id_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exclusion_ground'))
    )
    op.create_index('ix_exclusion_ground_bid_id', 'exclusion_ground', ['bid_id'], unique=False)
    op.create_table('score_reopening',
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.Column('approver_words', sa.Text(), nullable=False),
    sa.Column('score_before', sa.Integer(), nullable=False),
    sa.Column('reason_before', sa.Text(), nullable=False),
    sa.Column('is_approved', sa.Boolean(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('score_after', sa.Integer(), nullable=True),
    sa.Column('reason_after', sa.Text(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("because <> ''", name=op.f('ck_score_reopening_has_reason')),
    sa.CheckConstraint("is_approved IS NULL OR decision_reason <> ''", name=op.f('ck_score_reopening_decided_with_reason')),
    sa.CheckConstraint('approver_id <> asked_by_id', name=op.f('ck_score_reopening_two_people')),
    sa.CheckConstraint('used_at IS NULL OR is_approved', name=op.f('ck_score_reopening_used_once_approved')),
    sa.ForeignKeyConstraint(['approver_id'], ['person.id'], name=op.f('fk_score_reopening_approver_id_person')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_score_reopening_asked_by_id_person')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_score_reopening_bid_id_bid')),
    sa.ForeignKeyConstraint(['criterion_id'], ['award_criterion.id'], name=op.f('fk_score_reopening_criterion_id_award_criterion')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_score_reopening_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_score_reopening'))
    )
    op.create_index('ix_score_reopening_approver_id', 'score_reopening', ['approver_id'], unique=False)
    op.create_index('ix_score_reopening_evaluation_id', 'score_reopening', ['evaluation_id'], unique=False)
    op.add_column('evaluation', sa.Column('prices_opened_at', sa.DateTime(), nullable=True))
    op.add_column('sealed_bid', sa.Column('opened_entry', sa.Text(), nullable=True))


def panel_down() -> None:
    """Undo `panel_up`."""
    op.drop_column('sealed_bid', 'opened_entry')
    op.drop_column('evaluation', 'prices_opened_at')
    op.drop_table('score_reopening')
    op.drop_table('exclusion_ground')
    op.drop_table('exclusion_check')


def routes_up() -> None:
    """Ways a competition can end without a winner, and duties."""
    op.create_table('competition_ending',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('no_tender', 'none_suitable', 'not_awarding', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('way', sa.Enum('end', 'direct', name='wayon', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'decided', 'refused', 'withdrawn', 'overtaken', name='endingstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('why_not_again', sa.Text(), nullable=False),
    sa.Column('supplier_id', sa.Integer(), nullable=True),
    sa.Column('price_net', sa.BigInteger(), nullable=True),
    sa.Column('supplier_checks', sa.Text(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_words', sa.Text(), nullable=False),
    sa.Column('decider_note', sa.Text(), nullable=False),
    sa.Column('next_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("decided_at IS NOT NULL OR state NOT IN ('decided', 'refused')", name=op.f('ck_competition_ending_decided')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_competition_ending_reason')),
    sa.CheckConstraint("way <> 'direct' OR (supplier_id IS NOT NULL AND why_not_again <> '')", name=op.f('ck_competition_ending_direct')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_competition_ending_decided_by_id_person')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_competition_ending_lot_id_lot')),
    sa.ForeignKeyConstraint(['next_id'], ['procurement.id'], name=op.f('fk_competition_ending_next_id_procurement')),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_competition_ending_post_id_post')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_competition_ending_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['supplier_id'], ['supplier.id'], name=op.f('fk_competition_ending_supplier_id_supplier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_competition_ending'))
    )
    with op.batch_alter_table('competition_ending', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_competition_ending_lot_id'), ['lot_id'], unique=False)
    op.create_table('unsuitable_bid',
    sa.Column('ending_id', sa.Integer(), nullable=False),
    sa.Column('bid_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('disregarded', 'requirements', 'collusion', 'procedure', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_unsuitable_bid_reason')),
    sa.ForeignKeyConstraint(['bid_id'], ['bid.id'], name=op.f('fk_unsuitable_bid_bid_id_bid')),
    sa.ForeignKeyConstraint(['ending_id'], ['competition_ending.id'], name=op.f('fk_unsuitable_bid_ending_id_competition_ending')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsuitable_bid')),
    sa.UniqueConstraint('ending_id', 'bid_id', name=op.f('uq_unsuitable_bid_ending_id_bid_id'))
    )
    op.create_table('single_bid',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('why_one', sa.Text(), nullable=False),
    sa.Column('value_reasons', sa.Text(), nullable=False),
    sa.Column('concerns', sa.Text(), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("value_reasons <> '' AND why_one <> ''", name=op.f('ck_single_bid_reasons')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_single_bid_lot_id_lot')),
    sa.ForeignKeyConstraint(['said_by_id'], ['person.id'], name=op.f('fk_single_bid_said_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_single_bid')),
    sa.UniqueConstraint('lot_id', name=op.f('uq_single_bid_lot_id'))
    )
    with op.batch_alter_table('bid', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_direct', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_constraint(batch_op.f('uq_bid_lot_id_supplier_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_bid_lot_id_supplier_id_is_direct'), ['lot_id', 'supplier_id', 'is_direct'])
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_noticekind'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_notice_noticekind'),
            "kind IN ('UK2', 'UK3', 'UK4', 'quotes', 'UK5', 'UK6', 'UK7', 'UK12')",
        )


def routes_down() -> None:
    """Undo `routes_up`. Notices of the kinds it brought go with it."""
    op.execute("DELETE FROM notice WHERE kind NOT IN ('UK4', 'quotes', 'UK6', 'UK7')")
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notice_noticekind'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_notice_noticekind'), "kind IN ('UK4', 'quotes', 'UK6', 'UK7')"
        )
    with op.batch_alter_table('bid', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_bid_lot_id_supplier_id_is_direct'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_bid_lot_id_supplier_id'), ['lot_id', 'supplier_id'])
        batch_op.drop_column('is_direct')
    op.drop_table('single_bid')
    op.drop_table('unsuitable_bid')
    with op.batch_alter_table('competition_ending', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_competition_ending_lot_id'))
    op.drop_table('competition_ending')


def papers_up() -> None:
    """Papers."""


def papers_down() -> None:
    """Undo `papers_up`."""


def reminders_up() -> None:
    """Register, reminders."""


def reminders_down() -> None:
    """Undo `reminders_up`."""


def upgrade() -> None:
    figures_up()
    panel_up()
    routes_up()
    papers_up()
    reminders_up()


def downgrade() -> None:
    reminders_down()
    papers_down()
    routes_down()
    panel_down()
    figures_down()
