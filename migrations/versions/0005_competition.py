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


def panel_down() -> None:
    """Undo `panel_up`."""


def routes_up() -> None:
    """Ways a competition can end without a winner, and duties."""


def routes_down() -> None:
    """Undo `routes_up`."""


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
