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


def papers_up() -> None:
    """What papers are written from."""


def papers_down() -> None:
    """Undo `papers_up`."""


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
