"""Contracts: terms, values as they were stated, the rows of their life; what lists don't say may be empty.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def contracts_up() -> None:
    """Contracts and the rows of their life; a calendar entry in a letter."""
    op.create_table('contract_break',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('break_on', sa.Date(), nullable=False),
    sa.Column('notice_by_on', sa.Date(), nullable=False),
    sa.Column('who_may', sa.Enum('council', 'supplier', 'either', name='whomay', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('notice_by_on <= break_on', name=op.f('ck_contract_break_in_order')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_break_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_break')),
    sa.UniqueConstraint('contract_id', 'break_on', name=op.f('uq_contract_break_contract_id_break_on'))
    )
    op.create_table('contract_change',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('added_net', sa.BigInteger(), nullable=False),
    sa.Column('added_gross', sa.BigInteger(), nullable=False),
    sa.Column('added_months', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('not_substantial', 'below_threshold', 'provided_for', 'urgent', 'unforeseeable', 'known_risk', 'additional', 'transfer', 'defence', 'light_touch', 'not_regulated', name='changeground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('tested', sa.Text(), nullable=False),
    sa.Column('needs_notice', sa.Boolean(), nullable=False),
    sa.Column('made_with_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_change_contract_id_contract')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_contract_change_decision_id_decision')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_contract_change_made_by_id_person')),
    sa.ForeignKeyConstraint(['made_with_id'], ['contract_change.id'], name=op.f('fk_contract_change_made_with_id_contract_change')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_change')),
    sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_contract_change_contract_id_number'))
    )
    op.create_table('contract_notice',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('duty', sa.Enum('UK9', 'UK10', 'UK11', 'copy', name='noticeduty', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('about_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('owner_post_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_notice_contract_id_contract')),
    sa.ForeignKeyConstraint(['owner_post_id'], ['post.id'], name=op.f('fk_contract_notice_owner_post_id_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_notice')),
    sa.UniqueConstraint('contract_id', 'duty', 'about_on', name=op.f('uq_contract_notice_contract_id_duty_about_on'))
    )
    op.create_table('contract_file',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('is_signed_copy', sa.Boolean(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.Column('withdrawn_because', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_file_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_file'))
    )
    with op.batch_alter_table('contract_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_file_contract_id'), ['contract_id'], unique=False)

    op.create_table('contract_review',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('operational', 'quarterly', 'annual', 'price', 'end', name='reviewkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_review_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_review'))
    )
    with op.batch_alter_table('contract_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_review_contract_id'), ['contract_id'], unique=False)

    op.create_table('expiring_paper',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('public_liability', 'employers_liability', 'professional_indemnity', 'dbs', 'policy', 'other', name='expiringkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('cover', sa.BigInteger(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('renewed_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_expiring_paper_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expiring_paper'))
    )
    with op.batch_alter_table('expiring_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expiring_paper_contract_id'), ['contract_id'], unique=False)

    op.create_table('indicator',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('every_months', sa.Integer(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('is_published', sa.Boolean(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('every_months > 0', name=op.f('ck_indicator_every_months')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_indicator_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator')),
    sa.UniqueConstraint('contract_id', 'name', name=op.f('uq_indicator_contract_id_name'))
    )
    op.create_table('obligation',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('kept_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_obligation_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obligation'))
    )
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_obligation_contract_id'), ['contract_id'], unique=False)

    op.create_table('indicator_return',
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('rating', sa.Enum('good', 'approaching_target', 'requires_improvement', 'inadequate', 'other', name='rating', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('rated_by_id', sa.Integer(), nullable=True),
    sa.Column('rated_at', sa.DateTime(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_indicator_return_in_order')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_return_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['rated_by_id'], ['person.id'], name=op.f('fk_indicator_return_rated_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_return')),
    sa.UniqueConstraint('indicator_id', 'until_on', name=op.f('uq_indicator_return_indicator_id_until_on'))
    )
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.add_column(sa.Column('description', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('department', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('no_indicators_because', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('cpv', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('procedure_said', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('regime', sa.Enum('PCR2015', 'PA2023', 'BELOW_THRESHOLD_PA2023', 'PSR2023', 'EXEMPT', 'GRANT', name='regime', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('tier', sa.Enum('gold', 'silver', 'bronze', name='tier', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('tier_reason', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('term', sa.Enum('fixed', 'rolling', 'evergreen', name='term', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='fixed'))
        batch_op.add_column(sa.Column('roll_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('supplier_notice_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('terms_version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('value_stated', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('value_basis', sa.Enum('both', 'net', 'gross', 'unknown', name='valuebasis', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='both'))
        batch_op.add_column(sa.Column('irrecoverable_vat', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('committed_gross', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('forecast_gross', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('exit_plan', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('ended_because', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('source_reference', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('import_key', sa.Text(), nullable=True))
        batch_op.alter_column('supplier_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.alter_column('manager_post_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.alter_column('starts_on',
               existing_type=sa.DATE(),
               nullable=True)
        batch_op.alter_column('initial_ends_on',
               existing_type=sa.DATE(),
               nullable=True)
        batch_op.alter_column('ends_on',
               existing_type=sa.DATE(),
               nullable=True)
        batch_op.alter_column('value_net',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('value_vat',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('value_gross',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('full_net',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('full_gross',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('annual_net',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.alter_column('annual_gross',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.create_check_constraint(batch_op.f('ck_contract_rolls'), "term <> 'rolling' OR roll_months > 0")
        batch_op.drop_index(batch_op.f('ix_contract_ends_on'))
        batch_op.create_index('ix_contract_ends_on_id', ['ends_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_source_reference'), ['source_reference'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_contract_import_key'), ['import_key'])

    with op.batch_alter_table('contract_option', schema=None) as batch_op:
        batch_op.add_column(sa.Column('price_net', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('price_gross', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('because', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('performance', sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.Text(), nullable=True))


def contracts_down() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table('contract_option', schema=None) as batch_op:
        batch_op.drop_column('performance')
        batch_op.drop_column('because')
        batch_op.drop_column('price_gross')
        batch_op.drop_column('price_net')

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_contract_import_key'), type_='unique')
        for name in ('rolls', 'term', 'valuebasis', 'tier', 'regime'):
            batch_op.drop_constraint(batch_op.f(f'ck_contract_{name}'), type_='check')
        batch_op.drop_index(batch_op.f('ix_contract_source_reference'))
        batch_op.drop_index('ix_contract_ends_on_id')
        batch_op.create_index(batch_op.f('ix_contract_ends_on'), ['ends_on'], unique=False)
        batch_op.alter_column('annual_gross',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('annual_net',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('full_gross',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('full_net',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('value_gross',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('value_vat',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('value_net',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.alter_column('ends_on',
               existing_type=sa.DATE(),
               nullable=False)
        batch_op.alter_column('initial_ends_on',
               existing_type=sa.DATE(),
               nullable=False)
        batch_op.alter_column('starts_on',
               existing_type=sa.DATE(),
               nullable=False)
        batch_op.alter_column('manager_post_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.alter_column('supplier_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('import_key')
        batch_op.drop_column('source_reference')
        batch_op.drop_column('source')
        batch_op.drop_column('ended_because')
        batch_op.drop_column('exit_plan')
        batch_op.drop_column('no_indicators_because')
        batch_op.drop_column('forecast_gross')
        batch_op.drop_column('committed_gross')
        batch_op.drop_column('irrecoverable_vat')
        batch_op.drop_column('value_basis')
        batch_op.drop_column('value_stated')
        batch_op.drop_column('terms_version')
        batch_op.drop_column('supplier_notice_months')
        batch_op.drop_column('roll_months')
        batch_op.drop_column('term')
        batch_op.drop_column('tier_reason')
        batch_op.drop_column('tier')
        batch_op.drop_column('regime')
        batch_op.drop_column('procedure_said')
        batch_op.drop_column('cpv')
        batch_op.drop_column('department')
        batch_op.drop_column('description')

    op.drop_table('indicator_return')
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_obligation_contract_id'))

    op.drop_table('obligation')
    op.drop_table('indicator')
    with op.batch_alter_table('expiring_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_expiring_paper_contract_id'))

    op.drop_table('expiring_paper')
    with op.batch_alter_table('contract_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_review_contract_id'))

    op.drop_table('contract_review')
    with op.batch_alter_table('contract_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_file_contract_id'))

    op.drop_table('contract_file')
    op.drop_table('contract_notice')
    op.drop_table('contract_change')
    op.drop_table('contract_break')


# ── reminders ──


def reminders_up() -> None:
    """Reminders."""


def reminders_down() -> None:
    """Back."""


# ── bringing in lists ──


def lists_up() -> None:
    """Lists brought in."""


def lists_down() -> None:
    """Back."""


# ── the register ──


def register_up() -> None:
    """The register."""


def register_down() -> None:
    """Back."""


# ── all of it ──


def upgrade() -> None:
    contracts_up()
    reminders_up()
    lists_up()
    register_up()


def downgrade() -> None:
    register_down()
    lists_down()
    reminders_down()
    contracts_down()
