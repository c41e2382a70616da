"""Contracts: terms, values as they were stated, the rows of their life; what lists don't say may be empty.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

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
        batch_op.create_index('ix_contract_rolling', ['notice_months', 'ends_on'], unique=False,
                              sqlite_where=sa.text("term = 'rolling' AND state = 'live'"),
                              postgresql_where=sa.text("term = 'rolling' AND state = 'live'"))
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
        batch_op.drop_index('ix_contract_rolling')
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


UNSENT = "sent_on IS NULL AND cancelled_at IS NULL"
UNANSWERED = (
    "sent_on IS NOT NULL AND acknowledged_at IS NULL AND settled_on IS NULL AND escalated_on IS NULL "
    "AND cancelled_at IS NULL"
)
PARTIAL = (
    ("ix_reminder_follows_id", ["follows_id"], "follows_id IS NOT NULL"),
    ("ix_reminder_key_hash", ["key_hash"], "key_hash IS NOT NULL"),
    ("ix_reminder_letter_id", ["letter_id"], "letter_id IS NOT NULL"),
    ("ix_reminder_problem", ["id"], f"problem IS NOT NULL AND {UNSENT}"),
    ("ix_reminder_unanswered", ["answer_by_on"], UNANSWERED),
    ("ix_reminder_unsent", ["send_on", "id"], UNSENT),
    ("ix_reminder_unsent_post", ["post_id", "send_on"], UNSENT),
)
OLD_KINDS = "kind IN ('ladder', 'option', 'start_by', 'escalation')"
KINDS = (
    "kind IN ('ladder', 'over', 'option', 'notice', 'break', 'start_by', 'paper', 'indicator', 'duty', 'review', "
    "'owner', 'ring_fence', 'grant', 'delegation', 'again', 'escalation')"
)
OLD_CHOICES = "choice IN ('extend', 'buy_again', 'let_lapse')"
CHOICES = "choice IN ('extend', 'buy_again', 'let_lapse', 'replaced')"


def reminders_up() -> None:
    """Reminders of any thing that ends, by version of its terms; requests to plan; what the council and people choose.

    A reminder whose day had moved before versions were counted gets one of its own, below zero.
    """
    op.create_table('plan_request',
    sa.Column('of', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_request'))
    )
    op.create_table('reminder_offsets',
    sa.Column('kind', sa.Enum('ladder', 'over', 'option', 'notice', 'break', 'start_by', 'paper', 'indicator', 'duty', 'review', 'owner', 'ring_fence', 'grant', 'delegation', 'again', 'escalation', name='reminderkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('tier', sa.Enum('gold', 'silver', 'bronze', name='tier', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('ahead', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_offsets'))
    )
    with op.batch_alter_table('reminder_offsets', schema=None) as batch_op:
        batch_op.create_index('ix_reminder_offsets_kind', ['kind', 'tier', 'from_on'], unique=False)

    op.create_table('letter_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('weekly', sa.Boolean(), nullable=False),
    sa.Column('calendar_hash', sa.Text(), nullable=True),
    sa.Column('calendar_made_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_choice_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_choice')),
    sa.UniqueConstraint('calendar_hash', name=op.f('uq_letter_choice_calendar_hash')),
    sa.UniqueConstraint('person_id', name=op.f('uq_letter_choice_person_id'))
    )
    op.create_table('contract_offsets',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ladder', 'over', 'option', 'notice', 'break', 'start_by', 'paper', 'indicator', 'duty', 'review', 'owner', 'ring_fence', 'grant', 'delegation', 'again', 'escalation', name='reminderkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('ahead', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_offsets_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_offsets')),
    sa.UniqueConstraint('contract_id', 'kind', name=op.f('uq_contract_offsets_contract_id_kind'))
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("of", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("terms_version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("item", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("said", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ahead", sa.String(length=12), nullable=False, server_default="0d"))
        batch_op.add_column(sa.Column("snoozed_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("settled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("passed_over", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column("contract_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("post_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.drop_index(batch_op.f("ix_reminder_send_on"))
        batch_op.drop_constraint(batch_op.f("uq_reminder_contract_id_kind_about_on_step"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_reminder_key_hash"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_reminder_reminderkind"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_reminder_escalation_of_id_reminder"), type_="foreignkey")

    op.execute(
        """
        UPDATE reminder SET "of" = 'contract:' || contract_id, follows_id = escalation_of_id, ahead = CASE
            WHEN kind = 'ladder' THEN step || 'm' WHEN kind = 'option' AND step = 3 THEN '3m'
            WHEN kind = 'option' THEN '30d' WHEN kind = 'start_by' AND step = 4 THEN '28d'
            WHEN kind = 'start_by' THEN '-1d' ELSE '0d' END
        """
    )
    op.execute("UPDATE reminder SET item = '' || follows_id WHERE kind = 'escalation'")
    op.execute(
        """
        UPDATE reminder SET item = 'option ' || (
            SELECT min(number) FROM contract_option AS one
            WHERE one.contract_id = reminder.contract_id AND one.exercise_by_on = reminder.about_on
        ) WHERE kind = 'option' AND EXISTS (
            SELECT 1 FROM contract_option AS one
            WHERE one.contract_id = reminder.contract_id AND one.exercise_by_on = reminder.about_on
        )
        """
    )
    op.execute("UPDATE reminder SET said = item WHERE kind = 'option'")
    op.execute(
        """
        UPDATE reminder SET terms_version = -id
        WHERE id NOT IN (SELECT max(id) FROM reminder GROUP BY "of", kind, item, ahead)
        """
    )

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_column("step")
        batch_op.drop_column("escalation_of_id")
        batch_op.create_check_constraint(batch_op.f("ck_reminder_reminderkind"), KINDS)
        batch_op.create_check_constraint(
            batch_op.f("ck_reminder_of_contract"), "(contract_id IS NOT NULL) = (of LIKE 'contract:%')"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_reminder_of_terms_version_kind_item_ahead"),
            ["of", "terms_version", "kind", "item", "ahead"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_follows_id_reminder"), "reminder", ["follows_id"], ["id"]
        )
        for name, columns, where in PARTIAL:
            batch_op.create_index(
                name, columns, unique=False, postgresql_where=sa.text(where), sqlite_where=sa.text(where)
            )

    with op.batch_alter_table("end_decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_end_decision_whatfollows"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_end_decision_whatfollows"), CHOICES)

    for name, table in (
        ("contract", "contract"), ("ring_fence", "ring_fence"), ("grant", "funding_grant"),
        ("delegation", "delegation"),
    ):  # fmt: skip
        op.execute(f"""INSERT INTO plan_request ("of") SELECT '{name}:' || id FROM {table}""")


def reminders_down() -> None:
    """Back. What only the newer form can hold is taken out."""
    op.execute("UPDATE end_decision SET choice = 'let_lapse' WHERE choice = 'replaced'")
    with op.batch_alter_table("end_decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_end_decision_whatfollows"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_end_decision_whatfollows"), OLD_CHOICES)

    op.execute("UPDATE reminder SET follows_id = NULL WHERE kind = 'again'")
    op.execute(
        """
        UPDATE reminder SET follows_id = NULL WHERE follows_id IN (
            SELECT id FROM reminder
            WHERE contract_id IS NULL OR post_id IS NULL OR kind NOT IN ('ladder', 'option', 'start_by', 'escalation')
        )
        """
    )
    op.execute(
        """
        DELETE FROM reminder
        WHERE contract_id IS NULL OR post_id IS NULL OR kind NOT IN ('ladder', 'option', 'start_by', 'escalation')
        """
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("escalation_of_id", sa.INTEGER(), nullable=True))
        batch_op.add_column(sa.Column("step", sa.INTEGER(), nullable=False, server_default="0"))
        batch_op.drop_constraint(batch_op.f("fk_reminder_follows_id_reminder"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_reminder_of_terms_version_kind_item_ahead"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_reminder_of_contract"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_reminder_reminderkind"), type_="check")
        for name, _, where in PARTIAL:
            batch_op.drop_index(name, postgresql_where=sa.text(where), sqlite_where=sa.text(where))

    op.execute("UPDATE reminder SET escalation_of_id = follows_id")
    op.execute(
        """
        UPDATE reminder SET step = CASE
            WHEN kind = 'escalation' THEN coalesce(follows_id, id) WHEN ahead = '-1d' THEN 0
            WHEN kind = 'start_by' THEN 4 WHEN kind = 'option' AND ahead = '3m' THEN 3 WHEN kind = 'option' THEN 1
            ELSE CAST(substr(ahead, 1, length(ahead) - 1) AS INTEGER) END
        """
    )
    op.execute(
        """
        UPDATE reminder SET escalation_of_id = NULL WHERE escalation_of_id IN (
            SELECT id FROM reminder
            WHERE id NOT IN (SELECT max(id) FROM reminder GROUP BY contract_id, kind, about_on, step)
        )
        """
    )
    op.execute(
        """
        DELETE FROM reminder
        WHERE id NOT IN (SELECT max(id) FROM reminder GROUP BY contract_id, kind, about_on, step)
        """
    )
    op.execute(
        """
        UPDATE reminder SET key_hash = NULL
        WHERE key_hash IS NOT NULL AND id NOT IN (SELECT max(id) FROM reminder GROUP BY key_hash)
        """
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        for name in ("passed_over", "follows_id", "settled_on", "snoozed_until", "ahead", "said", "item",
                     "terms_version", "of"):  # fmt: skip
            batch_op.drop_column(name)
        batch_op.alter_column("post_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("contract_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.create_check_constraint(batch_op.f("ck_reminder_reminderkind"), OLD_KINDS)
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_escalation_of_id_reminder"), "reminder", ["escalation_of_id"], ["id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_reminder_key_hash"), ["key_hash"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_reminder_contract_id_kind_about_on_step"), ["contract_id", "kind", "about_on", "step"]
        )
        batch_op.create_index(batch_op.f("ix_reminder_send_on"), ["send_on"], unique=False)

    op.drop_table("contract_offsets")
    op.drop_table("letter_choice")
    with op.batch_alter_table("reminder_offsets", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_offsets_kind")
    op.drop_table("reminder_offsets")
    op.drop_table("plan_request")


# ── bringing in lists ──


def lists_up() -> None:
    """Lists of contracts from outside, and what each said of a contract."""
    op.create_table('reference_block',
    sa.Column('start', sa.String(length=40), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_block')),
    sa.UniqueConstraint('start', name=op.f('uq_reference_block_start'))
    )
    op.create_table('list_columns',
    sa.Column('headings', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('columns', sa.Text(), nullable=False),
    sa.Column('default_post_id', sa.Integer(), nullable=True),
    sa.Column('used_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['default_post_id'], ['post.id'], name=op.f('fk_list_columns_default_post_id_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_columns')),
    sa.UniqueConstraint('headings', name=op.f('uq_list_columns_headings'))
    )
    op.create_table('contract_list',
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_key', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('sheet', sa.Text(), nullable=False),
    sa.Column('columns', sa.Text(), nullable=False),
    sa.Column('are_own_words', sa.Boolean(), nullable=False),
    sa.Column('default_post_id', sa.Integer(), nullable=True),
    sa.Column('take_theirs', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('chosen', 'checking', 'checked', 'bringing', 'done', 'left', name='liststate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('checked_at', sa.DateTime(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=False),
    sa.Column('kept_under', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_contract_list_asked_by_id_person')),
    sa.ForeignKeyConstraint(['default_post_id'], ['post.id'], name=op.f('fk_contract_list_default_post_id_post')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_contract_list_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_list')),
    sa.UniqueConstraint('reference', name=op.f('uq_contract_list_reference'))
    )
    op.create_table('listed',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('row_number', sa.Integer(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_listed_contract_id_contract')),
    sa.ForeignKeyConstraint(['list_id'], ['contract_list.id'], name=op.f('fk_listed_list_id_contract_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listed')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_listed_contract_id'))
    )
    with op.batch_alter_table('listed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listed_list_id'), ['list_id'], unique=False)


def lists_down() -> None:
    """Back."""
    with op.batch_alter_table('listed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listed_list_id'))

    op.drop_table('listed')
    op.drop_table('contract_list')
    op.drop_table('list_columns')
    op.drop_table('reference_block')


# ── the register ──

ALIKE = {"Ø": "o", "ø": "o", "Ł": "l", "ł": "l", "Đ": "d", "đ": "d", "Ð": "d", "ð": "d", "ß": "ss", "æ": "ae", "Æ": "ae",
         "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}  # fmt: skip

DAY = {
    "sqlite": "CAST(julianday(c.ends_on) - 1721424.5 AS INTEGER)",
    "postgresql": "(c.ends_on - DATE '0001-01-01' + 1)",
}
BIG = {"sqlite": "{}", "postgresql": "CAST({} AS BIGINT)"}
QUARTER = {
    "sqlite": "CAST(strftime('%Y', {0}) AS INTEGER) * 4 + (CAST(strftime('%m', {0}) AS INTEGER) - 1) / 3",
    "postgresql": "CAST(EXTRACT(year FROM {0}) AS INTEGER) * 4 + (CAST(EXTRACT(month FROM {0}) AS INTEGER) - 1) / 3",
}
CHOICE = """(SELECT e.choice FROM end_decision e WHERE e.contract_id = c.id AND e.about_end_on = c.ends_on
    ORDER BY e.id DESC LIMIT 1)"""
LAST = "(SELECT p.stage FROM procurement p WHERE p.ending_contract_id = c.id ORDER BY p.id DESC LIMIT 1)"
ON_IT = f"""CASE
    WHEN NOT EXISTS (SELECT 1 FROM end_decision e WHERE e.contract_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM procurement p WHERE p.ending_contract_id = c.id) THEN 'nobody'
    WHEN EXISTS (SELECT 1 FROM procurement p WHERE p.ending_contract_id = c.id AND p.stage IN ('contracted', 'closed'))
        THEN 'decided'
    WHEN {CHOICE} NOT IN ('extend', 'buy_again') THEN 'decided'
    WHEN {CHOICE} = 'extend' OR ({CHOICE} = 'buy_again' AND COALESCE({LAST}, '') <> 'abandoned') THEN 'in_hand'
    WHEN EXISTS (SELECT 1 FROM procurement p WHERE p.ending_contract_id = c.id AND p.stage <> 'abandoned') THEN 'in_hand'
    ELSE 'nobody' END"""
WORTH = "COALESCE(c.value_gross, c.value_stated)"
COUNTED = f"CASE WHEN {WORTH} > 100000000000000 THEN 100000000000000 ELSE {WORTH} END"
"""A sum above a million million pounds is a slip of the pen: counted whole, a few of them would burst the sums."""
BAND = f"CASE WHEN {WORTH} IS NULL THEN '0' WHEN {WORTH} < 10000000 THEN '1' WHEN {WORTH} < 50000000 THEN '2' ELSE '3' END"
PUBLIC = """CASE WHEN c.state = 'to_sign' OR EXISTS (SELECT 1 FROM redaction r WHERE r.contract_id = c.id AND r.field = 'all')
    THEN 0 WHEN EXISTS (SELECT 1 FROM redaction r WHERE r.contract_id = c.id AND r.field <> 'value') THEN 2 ELSE 1 END"""
SAID = """c.reference || ' ' || c.title || ' ' || COALESCE(s.name, '') || ' ' || c.source_reference || ' ' || c.department
    || CASE WHEN c.cpv <> '' THEN ' cpv' || c.cpv || ' ' || c.cpv ELSE '' END || ' ' || substr(c.description, 1, 4000)"""


def place(dialect: str) -> str:
    """First those that aren't over, then by end (none: last), then by key."""
    over = BIG[dialect].format("CASE WHEN c.state = 'ended' THEN 4611686018427387904 ELSE 0 END")
    day = BIG[dialect].format(f"COALESCE({DAY[dialect]}, 3652059)")
    return f"{over} + {day} * 4294967296 + c.id"


def found_by(dialect: str) -> str:
    """The words of a contract, as its index takes them in."""
    said = SAID
    for one, other in ALIKE.items():
        said = f"replace({said}, '{one}', '{other}')"
    if dialect == "sqlite":
        return said
    apart = f"regexp_replace(normalize({said}, NFKD), '[\u0300-\u036f]', '', 'g')"
    return f"to_tsvector('simple', regexp_replace(lower({apart}), '[^[:alnum:]]+', ' ', 'g'))"


def fresh_places(dialect: str, which: str) -> str:
    """Put contracts into the list as they stand now."""
    return f"""INSERT INTO contract_place
        (id, contract_id, state, on_it, department, band, worth, ends_on, supplier_id, owner_post_id, public)
        SELECT {place(dialect)}, c.id, c.state, {ON_IT}, substr(c.department, 1, 100), {BAND}, {COUNTED}, c.ends_on,
        c.supplier_id, c.manager_post_id, {PUBLIC} FROM contract c WHERE {which}"""  # noqa: S608


def fresh_words(dialect: str, which: str) -> str:
    """Put the words of contracts into the index as they stand now."""
    return f"""INSERT INTO contract_text (id, words) SELECT {place(dialect)}, {found_by(dialect)}
        FROM contract c LEFT JOIN supplier s ON s.id = c.supplier_id WHERE {which}"""  # noqa: S608


CONTRACT_COLUMNS = """reference, title, state, ends_on, department, value_gross, value_stated, supplier_id,
    manager_post_id, description, cpv, source_reference"""
CELL = "quarter, state, on_it, department, band, part"


ALONE = "NOT EXISTS (SELECT 1 FROM contracts_coming_in)"
"""Whether a contract comes in by itself."""


def on_sqlite() -> list[str]:
    """A row at a time, for SQLite has one writer; contracts that come in together are listed together at their end."""
    together = "c.id BETWEEN OLD.first_id AND OLD.last_id"

    def renewed(of: str) -> str:
        again = f"""DELETE FROM contract_place WHERE contract_id = {of};
            {fresh_places("sqlite", f"c.id = {of}")}; {fresh_words("sqlite", f"c.id = {of}")};"""  # noqa: S608
        return f"BEGIN {again} END"

    def summed(row: str, sign: str) -> str:
        quarter = f"COALESCE({QUARTER['sqlite'].format(f'{row}.ends_on')}, 0)"
        return f"""INSERT INTO contract_sum ({CELL}, count, worth)
            VALUES ({quarter}, {row}.state, {row}.on_it, {row}.department, {row}.band, 0, {sign}1,
                {sign}COALESCE({row}.worth, 0))
            ON CONFLICT ({CELL}) DO UPDATE SET count = count + excluded.count, worth = worth + excluded.worth;"""

    found = [
        """CREATE VIRTUAL TABLE contract_words USING fts5(words, content='contract_text', content_rowid='id',
            detail='none', columnsize=0, prefix='2 3 4', tokenize='unicode61 remove_diacritics 2')""",
        """CREATE TRIGGER contract_words_are_learnt AFTER INSERT ON contract_text
        BEGIN INSERT INTO contract_words (rowid, words) VALUES (NEW.id, NEW.words); END""",
        """CREATE TRIGGER contract_words_are_forgotten AFTER DELETE ON contract_text
        BEGIN INSERT INTO contract_words (contract_words, rowid, words) VALUES ('delete', OLD.id, OLD.words); END""",
        f"""CREATE TRIGGER contract_place_is_counted AFTER INSERT ON contract_place WHEN {ALONE}
        BEGIN {summed('NEW', '')} END""",
        f"""CREATE TRIGGER contract_place_is_left AFTER DELETE ON contract_place
        BEGIN {summed('OLD', '-')} DELETE FROM contract_text WHERE id = OLD.id; END""",
        f"CREATE TRIGGER contract_is_listed AFTER INSERT ON contract WHEN {ALONE} {renewed('NEW.id')}",
        f"""CREATE TRIGGER contracts_have_come_in BEFORE DELETE ON contracts_coming_in BEGIN
        {fresh_words("sqlite", f"{together} ORDER BY 1")}; {fresh_places("sqlite", f"{together} ORDER BY 1")};
        INSERT INTO contract_sum ({CELL}, count, worth)
            SELECT COALESCE({QUARTER['sqlite'].format('ends_on')}, 0), state, on_it, department, band, 0, count(*),
                COALESCE(sum(worth), 0)
            FROM contract_place WHERE contract_id BETWEEN OLD.first_id AND OLD.last_id GROUP BY 1, 2, 3, 4, 5
            ON CONFLICT ({CELL}) DO UPDATE SET count = count + excluded.count, worth = worth + excluded.worth; END""",
        f"CREATE TRIGGER contract_is_listed_anew AFTER UPDATE OF {CONTRACT_COLUMNS} ON contract {renewed('NEW.id')}",
        """CREATE TRIGGER contract_is_listed_no_more AFTER DELETE ON contract
        BEGIN DELETE FROM contract_place WHERE contract_id = OLD.id; END""",
        f"""CREATE TRIGGER contract_supplier_is_renamed AFTER UPDATE OF name ON supplier BEGIN
        DELETE FROM contract_text WHERE id IN (SELECT id FROM contract_place WHERE supplier_id = NEW.id);
        {fresh_words("sqlite", "c.supplier_id = NEW.id")}; END""",
    ]  # fmt: skip
    for table, of in (("end_decision", "contract_id"), ("redaction", "contract_id"), ("procurement", "ending_contract_id")):
        for event in ("insert", "update", "delete"):
            change = "UPDATE OF stage, ending_contract_id" if (table, event) == ("procurement", "update") else event.upper()
            for row in {"insert": ("NEW",), "delete": ("OLD",), "update": ("NEW", "OLD")}[event]:
                if event == "update" and row == "OLD" and table != "procurement":
                    continue
                found.append(
                    f"""CREATE TRIGGER contract_{table}_{event}_{row.lower()} AFTER {change} ON {table}
                    WHEN {row}.{of} IS NOT NULL {renewed(f'{row}.{of}')}"""
                )
    return found


def on_postgresql() -> list[str]:
    """A statement at a time; each contract is locked first, so that two writers never list it twice."""
    quarter = f"COALESCE({QUARTER['postgresql'].format('ends_on')}, 0)"
    together = """c.id BETWEEN OLD.first_id AND OLD.last_id
        AND NOT EXISTS (SELECT 1 FROM contract_place p WHERE p.contract_id = c.id)"""

    def summed(rows: str, sign: str) -> str:
        return f"""INSERT INTO contract_sum AS now ({CELL}, count, worth)
            SELECT {quarter}, state, on_it, department, band, CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT),
                {sign}count(*), {sign}COALESCE(sum(worth), 0) FROM {rows} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
            ON CONFLICT ({CELL}) DO UPDATE SET count = now.count + excluded.count, worth = now.worth + excluded.worth"""  # noqa: S608

    left, fresh = summed("gone", "-"), summed("fresh", "")
    found = [
        "CREATE INDEX ix_contract_text_words ON contract_text USING gin (words)",
        f"""CREATE FUNCTION contracts_list_anew(wanted INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM contract WHERE id = ANY(wanted) ORDER BY id FOR NO KEY UPDATE;
            DELETE FROM contract_place WHERE contract_id = ANY(wanted);
            {fresh_places("postgresql", "c.id = ANY(wanted)")};
            {fresh_words("postgresql", "c.id = ANY(wanted)")};
        END $$""",
        f"""CREATE FUNCTION contract_place_counts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {fresh}; RETURN NULL; END $$""",
        f"""CREATE FUNCTION contract_place_counts_less() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {left}; DELETE FROM contract_text WHERE id IN (SELECT id FROM gone); RETURN NULL; END $$""",
        """CREATE TRIGGER contract_place_is_counted AFTER INSERT ON contract_place REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION contract_place_counts()""",
        """CREATE TRIGGER contract_place_is_left AFTER DELETE ON contract_place REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION contract_place_counts_less()""",
        f"""CREATE FUNCTION contract_listed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT ({ALONE}) THEN RETURN NULL; END IF;
            {fresh_places("postgresql", "c.id IN (SELECT id FROM fresh)")};
            {fresh_words("postgresql", "c.id IN (SELECT id FROM fresh)")};
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER contract_is_listed AFTER INSERT ON contract REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION contract_listed()""",
        f"""CREATE FUNCTION contracts_came_in() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {fresh_words("postgresql", together)};
            {fresh_places("postgresql", together)};
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER contracts_have_come_in AFTER DELETE ON contracts_coming_in
        FOR EACH ROW EXECUTE FUNCTION contracts_came_in()""",
        """CREATE FUNCTION contract_listed_anew() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM contracts_list_anew(ARRAY(SELECT fresh.id FROM fresh JOIN gone ON gone.id = fresh.id
                WHERE (fresh.reference, fresh.title, fresh.state, fresh.ends_on, fresh.department, fresh.value_gross,
                    fresh.value_stated, fresh.supplier_id, fresh.manager_post_id, fresh.description, fresh.cpv,
                    fresh.source_reference)
                IS DISTINCT FROM (gone.reference, gone.title, gone.state, gone.ends_on, gone.department,
                    gone.value_gross, gone.value_stated, gone.supplier_id, gone.manager_post_id, gone.description,
                    gone.cpv, gone.source_reference)));
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER contract_is_listed_anew AFTER UPDATE ON contract
        REFERENCING NEW TABLE AS fresh OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION contract_listed_anew()""",
        """CREATE FUNCTION contract_listed_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN DELETE FROM contract_place WHERE contract_id IN (SELECT id FROM gone); RETURN NULL; END $$""",
        """CREATE TRIGGER contract_is_listed_no_more AFTER DELETE ON contract REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION contract_listed_no_more()""",
        f"""CREATE FUNCTION contract_supplier_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.name IS DISTINCT FROM OLD.name THEN
                DELETE FROM contract_text WHERE id IN (SELECT id FROM contract_place WHERE supplier_id = NEW.id);
                {fresh_words("postgresql", "c.supplier_id = NEW.id")};
            END IF;
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER contract_supplier_is_renamed AFTER UPDATE ON supplier
        FOR EACH ROW EXECUTE FUNCTION contract_supplier_renamed()""",
    ]  # fmt: skip
    for table, of in (("end_decision", "contract_id"), ("redaction", "contract_id"), ("procurement", "ending_contract_id")):
        same = (
            f"TG_OP = 'UPDATE' AND (NEW.stage, NEW.{of}) IS NOT DISTINCT FROM (OLD.stage, OLD.{of})"
            if table == "procurement" else "false"
        )  # fmt: skip
        found += [
            f"""CREATE FUNCTION contract_{table}_told() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NEW.{of} IS NOT NULL THEN PERFORM contracts_list_anew(ARRAY[NEW.{of}]); END IF;
                ELSIF TG_OP = 'DELETE' THEN
                    IF OLD.{of} IS NOT NULL THEN PERFORM contracts_list_anew(ARRAY[OLD.{of}]); END IF;
                ELSIF NOT ({same}) THEN
                    PERFORM contracts_list_anew(array_remove(ARRAY[NEW.{of}, OLD.{of}], NULL));
                END IF;
                RETURN NULL;
            END $$""",
            f"""CREATE TRIGGER contract_{table}_tells AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION contract_{table}_told()""",
        ]  # fmt: skip
    return found


def register_up() -> None:
    """The index of contracts and what keeps it; saved views; redactions; publications."""
    op.create_table('contract_place',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('on_it', sa.String(length=40), nullable=False),
    sa.Column('department', sa.Text(), nullable=False),
    sa.Column('band', sa.String(length=1), nullable=False),
    sa.Column('worth', sa.BigInteger(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('supplier_id', sa.Integer(), nullable=True),
    sa.Column('owner_post_id', sa.Integer(), nullable=True),
    sa.Column('public', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_place')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_contract_place_contract_id'))
    )
    with op.batch_alter_table('contract_place', schema=None) as batch_op:
        batch_op.create_index('ix_contract_place_band', ['band', 'id', 'department', 'on_it', 'state'], unique=False)
        batch_op.create_index('ix_contract_place_department', ['department', 'id', 'on_it', 'band', 'state'], unique=False)
        batch_op.create_index('ix_contract_place_on_it', ['on_it', 'id', 'department', 'band', 'state'], unique=False)
        batch_op.create_index('ix_contract_place_owner_post_id', ['owner_post_id', 'id'], unique=False)
        batch_op.create_index('ix_contract_place_supplier_id', ['supplier_id', 'id'], unique=False)

    op.create_table('contract_sum',
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('on_it', sa.String(length=40), nullable=False),
    sa.Column('department', sa.Text(), nullable=False),
    sa.Column('band', sa.String(length=1), nullable=False),
    sa.Column('part', sa.BigInteger(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('worth', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_sum')),
    sa.UniqueConstraint('quarter', 'state', 'on_it', 'department', 'band', 'part', name=op.f('uq_contract_sum_quarter_state_on_it_department_band_part'))
    )
    op.create_table('contract_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_text'))
    )
    op.create_table('contracts_coming_in',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('last_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contracts_coming_in'))
    )
    op.create_table('publication',
    sa.Column('quarter', sa.String(length=7), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('contracts', sa.Integer(), nullable=False),
    sa.Column('contracts_key', sa.Text(), nullable=False),
    sa.Column('contracts_sha256', sa.Text(), nullable=False),
    sa.Column('invitations', sa.Integer(), nullable=False),
    sa.Column('invitations_key', sa.Text(), nullable=False),
    sa.Column('invitations_sha256', sa.Text(), nullable=False),
    sa.Column('lacking', sa.Integer(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_publication_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('quarter', 'number', name=op.f('uq_publication_quarter_number'))
    )
    op.create_table('saved_view',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('asked', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_saved_view_person_id_name'))
    )
    op.create_table('redaction',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.Enum('supplier', 'title', 'description', 'value', 'all', name='hidden', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_redaction_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_redaction_decided_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redaction')),
    sa.UniqueConstraint('contract_id', 'field', name=op.f('uq_redaction_contract_id_field'))
    )
    dialect = op.get_bind().dialect.name
    for words in on_sqlite() if dialect == "sqlite" else on_postgresql():
        op.get_bind().exec_driver_sql(words)
    op.get_bind().exec_driver_sql(fresh_places(dialect, "true"))
    op.get_bind().exec_driver_sql(fresh_words(dialect, "true"))


def register_down() -> None:
    """The triggers first: what they fill goes after them."""
    if op.get_bind().dialect.name == "sqlite":
        for words in on_sqlite():
            if words.startswith("CREATE TRIGGER"):
                op.execute(f"DROP TRIGGER {words.split()[2]}")
        op.execute("DROP TABLE contract_words")
    else:
        for words in on_postgresql():
            if words.startswith("CREATE FUNCTION"):
                op.execute(f"DROP FUNCTION {words.split()[2].partition('(')[0]} CASCADE")
    op.drop_table('redaction')
    op.drop_table('saved_view')
    op.drop_table('publication')
    op.drop_table('contracts_coming_in')
    op.drop_table('contract_text')
    op.drop_table('contract_sum')
    with op.batch_alter_table('contract_place', schema=None) as batch_op:
        batch_op.drop_index('ix_contract_place_supplier_id')
        batch_op.drop_index('ix_contract_place_owner_post_id')
        batch_op.drop_index('ix_contract_place_on_it')
        batch_op.drop_index('ix_contract_place_department')
        batch_op.drop_index('ix_contract_place_band')

    op.drop_table('contract_place')


# ── all of it ──


LETTER_WAITS = "sent_at IS NULL AND given_up_at IS NULL"
LETTER_FAILED = "given_up_at IS NOT NULL AND set_aside_at IS NULL"


def letters_up() -> None:
    """Letters that wait or failed are found without a look at those that were sent, on both databases."""
    op.drop_index("ix_letter_to_post", "letter")
    for name, columns, which in (
        ("ix_letter_to_post", ["next_try_at", "id"], LETTER_WAITS), ("ix_letter_failed", ["id"], LETTER_FAILED),
    ):  # fmt: skip
        op.create_index(name, "letter", columns, postgresql_where=sa.text(which), sqlite_where=sa.text(which))


def letters_down() -> None:
    op.drop_index("ix_letter_failed", "letter")
    op.drop_index("ix_letter_to_post", "letter")
    op.create_index("ix_letter_to_post", "letter", ["next_try_at"], postgresql_where=sa.text(LETTER_WAITS))


def upgrade() -> None:
    contracts_up()
    reminders_up()
    lists_up()
    register_up()
    letters_up()


def downgrade() -> None:
    letters_down()
    register_down()
    lists_down()
    reminders_down()
    contracts_down()
