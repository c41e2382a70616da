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


def templates_down() -> None:
    """Undo `templates_up`."""


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


def papers_down() -> None:
    """Undo `papers_up`."""
    contract_papers_down()


def minutes_up() -> None:
    """Readings of decisions."""


def minutes_down() -> None:
    """Undo `minutes_up`."""


def bids_up() -> None:
    """Bids under seal, their opening, evaluators."""


def bids_down() -> None:
    """Undo `bids_up`."""


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
