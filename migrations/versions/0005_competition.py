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


def panel_down() -> None:
    """Undo `panel_up`."""


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
