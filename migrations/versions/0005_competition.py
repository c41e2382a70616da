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
    op.create_table('added_holiday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('nations', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_because', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('withdrawn_on IS NULL OR withdrawn_on < day', name=op.f('ck_added_holiday_withdrawn_before_it_came')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_added_holiday'))
    )
    with op.batch_alter_table('added_holiday', schema=None) as batch_op:
        batch_op.create_index('uq_added_holiday_standing', ['day'], unique=True, sqlite_where=sa.text('withdrawn_on IS NULL'), postgresql_where=sa.text('withdrawn_on IS NULL'))

    op.create_table('later_figure',
    sa.Column('figure', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('comparison', sa.Enum('not less than', 'more than', name='comparison', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('is_unchecked', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_because', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_later_figure_amount')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_later_figure'))
    )
    with op.batch_alter_table('later_figure', schema=None) as batch_op:
        batch_op.create_index('uq_later_figure_standing', ['figure', 'from_on'], unique=True, sqlite_where=sa.text('withdrawn_on IS NULL'), postgresql_where=sa.text('withdrawn_on IS NULL'))

    op.create_table('light_touch_list',
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_light_touch_list')),
    sa.UniqueConstraint('from_on', name=op.f('uq_light_touch_list_from_on'))
    )
    op.create_table('meeting_day',
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=False),
    sa.Column('cancelled_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_day')),
    sa.UniqueConstraint('body', 'meets_on', name=op.f('uq_meeting_day_body_meets_on'))
    )
    op.create_table('light_touch_code',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('is_reservable', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('last >= first', name=op.f('ck_light_touch_code_in_order')),
    sa.ForeignKeyConstraint(['edition_id'], ['light_touch_list.id'], name=op.f('fk_light_touch_code_edition_id_light_touch_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_light_touch_code'))
    )
    with op.batch_alter_table('light_touch_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_light_touch_code_edition_id'), ['edition_id'], unique=False)

    op.create_table('programme',
    sa.Column('procurement_id', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Enum('forwards', 'backwards', name='counted', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('anchor_on', sa.Date(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement.id'], name=op.f('fk_programme_procurement_id_procurement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('procurement_id', name=op.f('uq_programme_procurement_id'))
    )
    op.create_table('regime_finding',
    sa.Column('procurement_id', sa.Integer(), nullable=False),
    sa.Column('regime', sa.Enum('PCR2015', 'PA2023', 'BELOW_THRESHOLD_PA2023', 'PSR2023', 'EXEMPT', 'GRANT', name='regime', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_regime_finding_person_id_person')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement.id'], name=op.f('fk_regime_finding_procurement_id_procurement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regime_finding'))
    )
    with op.batch_alter_table('regime_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regime_finding_procurement_id'), ['procurement_id'], unique=False)

    op.create_table('value_estimate',
    sa.Column('procurement_id', sa.Integer(), nullable=False),
    sa.Column('estimated_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('value_net', sa.BigInteger(), nullable=False),
    sa.Column('value_vat', sa.BigInteger(), nullable=False),
    sa.Column('value_gross', sa.BigInteger(), nullable=False),
    sa.Column('aggregated_gross', sa.BigInteger(), nullable=True),
    sa.Column('working', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_value_estimate_person_id_person')),
    sa.ForeignKeyConstraint(['procurement_id'], ['procurement.id'], name=op.f('fk_value_estimate_procurement_id_procurement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_value_estimate'))
    )
    with op.batch_alter_table('value_estimate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_value_estimate_procurement_id'), ['procurement_id'], unique=False)

    op.create_table('programme_stage',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('held_to', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('days >= 0', name=op.f('ck_programme_stage_days')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_stage_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_stage')),
    sa.UniqueConstraint('programme_id', 'key', name=op.f('uq_programme_stage_programme_id_key'))
    )
    with op.batch_alter_table('planned_day', schema=None) as batch_op:
        batch_op.add_column(sa.Column('came_on', sa.Date(), nullable=True))

    # Added in place, not by copying the table: triggers of other tables read it, and a copy would lose it meanwhile.
    op.add_column('procurement', sa.Column('aggregated_gross', sa.BigInteger(), nullable=True))
    op.add_column('procurement', sa.Column('aggregated_text', sa.Text(), nullable=False, server_default=""))


def figures_down() -> None:
    """Undo `figures_up`."""
    op.drop_column('procurement', 'aggregated_text')
    op.drop_column('procurement', 'aggregated_gross')

    with op.batch_alter_table('planned_day', schema=None) as batch_op:
        batch_op.drop_column('came_on')

    op.drop_table('programme_stage')
    with op.batch_alter_table('value_estimate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_value_estimate_procurement_id'))

    op.drop_table('value_estimate')
    with op.batch_alter_table('regime_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_regime_finding_procurement_id'))

    op.drop_table('regime_finding')
    op.drop_table('programme')
    with op.batch_alter_table('light_touch_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_light_touch_code_edition_id'))

    op.drop_table('light_touch_code')
    op.drop_table('meeting_day')
    op.drop_table('light_touch_list')
    with op.batch_alter_table('later_figure', schema=None) as batch_op:
        batch_op.drop_index('uq_later_figure_standing', sqlite_where=sa.text('withdrawn_on IS NULL'), postgresql_where=sa.text('withdrawn_on IS NULL'))

    op.drop_table('later_figure')
    with op.batch_alter_table('added_holiday', schema=None) as batch_op:
        batch_op.drop_index('uq_added_holiday_standing', sqlite_where=sa.text('withdrawn_on IS NULL'), postgresql_where=sa.text('withdrawn_on IS NULL'))

    op.drop_table('added_holiday')


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
