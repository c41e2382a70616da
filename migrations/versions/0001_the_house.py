"""the house

Revision: 0001
Follows:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER trail_entry_is_never_changed BEFORE UPDATE ON trail_entry
        WHEN NOT (NEW.payload IS NULL AND OLD.payload IS NOT NULL AND NEW.hash = OLD.hash AND NEW.number = OLD.number
            AND NEW.file = OLD.file AND NEW.salt = OLD.salt AND NEW.payload_digest = OLD.payload_digest
            AND NEW.said = OLD.said AND NEW.by_words = OLD.by_words AND NEW.at = OLD.at)
        BEGIN SELECT RAISE(ABORT, 'An entry of the trail is never changed.'); END""",
        """CREATE TRIGGER trail_entry_is_never_removed BEFORE DELETE ON trail_entry
        BEGIN SELECT RAISE(ABORT, 'An entry of the trail is never removed.'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION refuse_trail_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.payload IS NULL AND OLD.payload IS NOT NULL
                AND (to_jsonb(NEW) - 'payload') = (to_jsonb(OLD) - 'payload') THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'An entry of the trail is never changed or removed.';
        END $$""",
        """CREATE TRIGGER trail_entry_is_never_changed BEFORE UPDATE ON trail_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_trail_change()""",
        """CREATE TRIGGER trail_entry_is_never_removed BEFORE DELETE ON trail_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_trail_change()""",
    ),
}


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_subject_at", ["subject", "at"], unique=False)

    op.create_table(
        "demonstration",
        sa.Column("today", sa.Date(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration")),
    )
    op.create_table(
        "done_once",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_done_once")),
        sa.UniqueConstraint("mark", name=op.f("uq_done_once_mark")),
    )
    op.create_table(
        "funding_grant",
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_grant")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
        sa.UniqueConstraint("name", name=op.f("uq_heartbeat_name")),
    )
    op.create_table(
        "meeting",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("introduced_by", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("consulted_from_on", sa.Date(), nullable=True),
        sa.Column("consulted_until_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("call_in_days", sa.Integer(), nullable=True),
        sa.Column("called_in_on", sa.Date(), nullable=True),
        sa.Column("call_in_ended_on", sa.Date(), nullable=True),
        sa.Column(
            "call_in_result",
            sa.Enum("upheld", "sent_back", name="callinresult", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("published_on IS NULL OR published_on >= held_on", name=op.f("ck_meeting_published_after")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("body", "held_on", "item", name=op.f("uq_meeting_body_held_on_item")),
        sa.UniqueConstraint("reference", name=op.f("uq_meeting_reference")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "post",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("officer", "member", "body", name="postkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("next_up_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["next_up_id"], ["post.id"], name=op.f("fk_post_next_up_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("name", name=op.f("uq_post_name")),
    )
    op.create_table(
        "quote_band",
        sa.Column("from_net", sa.BigInteger(), nullable=False),
        sa.Column("below_net", sa.BigInteger(), nullable=True),
        sa.Column("quotes_needed", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("below_net IS NULL OR below_net > from_net", name=op.f("ck_quote_band_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_band")),
    )
    op.create_table(
        "standing_terms",
        sa.Column("invoice_email", sa.Text(), nullable=False),
        sa.Column("data_protection_email", sa.Text(), nullable=False),
        sa.Column("whistleblowing_email", sa.Text(), nullable=False),
        sa.Column("other_formats", sa.Text(), nullable=False),
        sa.Column("policies", sa.Text(), nullable=False),
        sa.Column("pays_living_wage", sa.Boolean(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("validity_days", sa.Integer(), nullable=False),
        sa.Column("insurance", sa.Text(), nullable=False),
        sa.Column("returns", sa.Text(), nullable=False),
        sa.Column("late_text", sa.Text(), nullable=False),
        sa.Column("correction_text", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("payment_days BETWEEN 1 AND 30", name=op.f("ck_standing_terms_payment_days")),
        sa.CheckConstraint("validity_days BETWEEN 1 AND 730", name=op.f("ck_standing_terms_validity_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_terms")),
    )
    op.create_table(
        "supplier",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company_number", sa.Text(), nullable=False),
        sa.Column("charity_number", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("is_vcse", sa.Boolean(), nullable=True),
        sa.Column("is_sme", sa.Boolean(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
    )
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplier_name"), ["name"], unique=False)

    op.create_table(
        "trail_head",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_head")),
        sa.UniqueConstraint("file", name=op.f("uq_trail_head_file")),
    )
    op.create_table(
        "council",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("executive_name", sa.Text(), nullable=False),
        sa.Column("procurement_email", sa.Text(), nullable=False),
        sa.Column("portal_name", sa.Text(), nullable=False),
        sa.Column("portal_url", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("call_in_days", sa.Integer(), nullable=False),
        sa.Column("key_decision_gross", sa.BigInteger(), nullable=True),
        sa.Column("objection_refers_back", sa.Boolean(), nullable=False),
        sa.Column("monitoring_officer_post_id", sa.Integer(), nullable=True),
        sa.Column("finance_officer_post_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("call_in_days >= 0", name=op.f("ck_council_call_in_days")),
        sa.ForeignKeyConstraint(
            ["finance_officer_post_id"], ["post.id"], name=op.f("fk_council_finance_officer_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["monitoring_officer_post_id"], ["post.id"], name=op.f("fk_council_monitoring_officer_post_id_post")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
    )
    op.create_table(
        "device",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("remembered_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_person_id"), ["person_id"], unique=False)

    op.create_table(
        "holding",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "capacity",
            sa.Enum(
                "substantive",
                "acting",
                "interim",
                "deputy",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_holding_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_holding_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_holding_post_from", ["post_id", "from_on"], unique=False)

    op.create_table(
        "job",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                "cancelled",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("result_key", sa.Text(), nullable=True),
        sa.Column("result_name", sa.Text(), nullable=True),
        sa.Column("result_type", sa.Text(), nullable=True),
        sa.Column("result_size", sa.Integer(), nullable=True),
        sa.Column("result_sha256", sa.Text(), nullable=True),
        sa.Column("swept_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_job_asked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("once", name=op.f("uq_job_once")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_asked_by", ["asked_by_id", "id"], unique=False)
        batch_op.create_index("ix_job_to_do", ["next_try_at"], unique=False, postgresql_where="ended_at IS NULL")

    op.create_table(
        "letter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_email", sa.Text(), nullable=False),
        sa.Column("to_post", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_problem", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("given_up_at", sa.DateTime(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_letter_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
        sa.UniqueConstraint("once", name=op.f("uq_letter_once")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_about", ["about"], unique=False)
        batch_op.create_index(
            "ix_letter_to_post",
            ["next_try_at"],
            unique=False,
            postgresql_where="sent_at IS NULL AND given_up_at IS NULL",
        )

    op.create_table(
        "paper",
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_post", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_paper_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("about", "name", "subject", "number", name=op.f("uq_paper_about_name_subject_number")),
    )
    op.create_table(
        "procurement",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "need",
                "appraising",
                "seeking_approval",
                "preparing",
                "open_to_bids",
                "evaluating",
                "deciding_award",
                "award_announced",
                "contracted",
                "closed",
                "paused",
                "abandoned",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column(
            "route",
            sa.Enum("cabinet", "scheme", name="route", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("approved_gross", sa.BigInteger(), nullable=True),
        sa.Column("advertised_gross", sa.BigInteger(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("ending_contract_id", sa.Integer(), nullable=True),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("wards_label", sa.Text(), nullable=False),
        sa.Column("lead_post_id", sa.Integer(), nullable=True),
        sa.Column("director_post_id", sa.Integer(), nullable=True),
        sa.Column("portfolio_post_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "services",
                "light_touch",
                "works",
                name="contractkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "regime",
            sa.Enum(
                "PCR2015",
                "PA2023",
                "BELOW_THRESHOLD_PA2023",
                "PSR2023",
                "EXEMPT",
                "GRANT",
                name="regime",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("regime_reason", sa.Text(), nullable=False),
        sa.Column(
            "procedure",
            sa.Enum(
                "open", "flexible", "quotes", name="procedure", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("route_reason", sa.Text(), nullable=False),
        sa.Column("ocid", sa.Text(), nullable=False),
        sa.Column("cpv", sa.Text(), nullable=False),
        sa.Column("annual_net", sa.BigInteger(), nullable=True),
        sa.Column("vat_percent", sa.Integer(), nullable=True),
        sa.Column("value_net", sa.BigInteger(), nullable=True),
        sa.Column("value_vat", sa.BigInteger(), nullable=True),
        sa.Column("value_gross", sa.BigInteger(), nullable=True),
        sa.Column("value_basis", sa.Text(), nullable=False),
        sa.Column("budget_code", sa.Text(), nullable=False),
        sa.Column("budget_source", sa.Text(), nullable=False),
        sa.Column("service_starts_on", sa.Date(), nullable=True),
        sa.Column("initial_months", sa.Integer(), nullable=True),
        sa.Column("extension_count", sa.Integer(), nullable=False),
        sa.Column("extension_months", sa.Integer(), nullable=False),
        sa.Column("lots_reason", sa.Text(), nullable=False),
        sa.Column("reserved_text", sa.Text(), nullable=False),
        sa.Column("vcse_advice", sa.Text(), nullable=False),
        sa.Column("engagement_text", sa.Text(), nullable=False),
        sa.Column("small_supplier_text", sa.Text(), nullable=False),
        sa.Column("tupe_staff_count", sa.Integer(), nullable=True),
        sa.Column("is_recharged_to_leaseholders", sa.Boolean(), nullable=True),
        sa.Column("social_value_text", sa.Text(), nullable=False),
        sa.Column("social_value_on", sa.Date(), nullable=True),
        sa.Column("grant_test_text", sa.Text(), nullable=False),
        sa.Column("grant_test_advice", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("extension_count >= 0 AND extension_months >= 0", name=op.f("ck_procurement_extensions")),
        sa.CheckConstraint("initial_months IS NULL OR initial_months > 0", name=op.f("ck_procurement_initial_months")),
        sa.CheckConstraint(
            "value_gross IS NULL OR value_gross = value_net + value_vat", name=op.f("ck_procurement_value_adds_up")
        ),
        sa.ForeignKeyConstraint(["director_post_id"], ["post.id"], name=op.f("fk_procurement_director_post_id_post")),
        sa.ForeignKeyConstraint(["lead_post_id"], ["post.id"], name=op.f("fk_procurement_lead_post_id_post")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_procurement_officer_id_person")),
        sa.ForeignKeyConstraint(["portfolio_post_id"], ["post.id"], name=op.f("fk_procurement_portfolio_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procurement")),
        sa.UniqueConstraint("reference", name=op.f("uq_procurement_reference")),
    )
    with op.batch_alter_table("procurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procurement_ending_contract_id"), ["ending_contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_procurement_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("passed_code_at", sa.DateTime(), nullable=True),
        sa.Column("code_step", sa.BigInteger(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("person_id", "code_step", name=op.f("uq_sign_in_person_id_code_step")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "token",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "new_password",
                "first_visit",
                name="tokenpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_token_token_hash")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trail_entry",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=True),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("row_name", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_trail_entry_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entry")),
        sa.UniqueConstraint("file", "number", name=op.f("uq_trail_entry_file_number")),
    )
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.create_index("ix_trail_entry_act", ["act_id"], unique=False)
        batch_op.create_index("ix_trail_entry_row", ["table_name", "row_id"], unique=False)

    op.create_table(
        "appraisal",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("strategic_fit", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("constraints", sa.Text(), nullable=False),
        sa.Column("market_text", sa.Text(), nullable=False),
        sa.Column("incumbent_performance", sa.Text(), nullable=False),
        sa.Column("incumbent_at_expiry", sa.Text(), nullable=False),
        sa.Column("incumbent_lessons", sa.Text(), nullable=False),
        sa.Column("criteria_agreed_on", sa.Date(), nullable=True),
        sa.Column("preferred_id", sa.Integer(), nullable=True),
        sa.Column("preferred_reasons", sa.Text(), nullable=False),
        sa.Column("discount_permille", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("sent_to_reviewer_at", sa.DateTime(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewer_post", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_appraisal_procurement_id_procurement")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_appraisal_reviewer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("procurement_id", name=op.f("uq_appraisal_procurement_id")),
    )
    op.create_table(
        "enclosure",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_enclosure_letter_id_letter")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_enclosure_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
        sa.UniqueConstraint("letter_id", "paper_id", name=op.f("uq_enclosure_letter_id_paper_id")),
    )
    op.create_table(
        "lot",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("annual_net", sa.BigInteger(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "need",
                "appraising",
                "seeking_approval",
                "preparing",
                "open_to_bids",
                "evaluating",
                "deciding_award",
                "award_announced",
                "contracted",
                "closed",
                "paused",
                "abandoned",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "paused_from",
            sa.Enum(
                "need",
                "appraising",
                "seeking_approval",
                "preparing",
                "open_to_bids",
                "evaluating",
                "deciding_award",
                "award_announced",
                "contracted",
                "closed",
                "paused",
                "abandoned",
                name="paused_from",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["procurement_id"], ["procurement.id"], name=op.f("fk_lot_procurement_id_procurement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("procurement_id", "number", name=op.f("uq_lot_procurement_id_number")),
    )
    op.create_table(
        "report",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=True),
        sa.Column("key_reason", sa.Text(), nullable=False),
        sa.Column("forward_plan_reference", sa.Text(), nullable=False),
        sa.Column("forward_plan_on", sa.Date(), nullable=True),
        sa.Column("exception_text", sa.Text(), nullable=False),
        sa.Column("exempt_paragraph", sa.Text(), nullable=False),
        sa.Column("exempt_reason", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("appendices", sa.Text(), nullable=False),
        sa.Column("background_papers", sa.Text(), nullable=False),
        sa.Column("contract_management_text", sa.Text(), nullable=False),
        sa.Column("report_back_text", sa.Text(), nullable=False),
        sa.Column("delegate_post_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_post_id"], ["post.id"], name=op.f("fk_report_delegate_post_id_post")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_report_procurement_id_procurement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("procurement_id", name=op.f("uq_report_procurement_id")),
    )
    op.create_table(
        "resolution",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("numeral", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "approve_policy",
                "note",
                "ring_fence",
                "approve_procurement",
                "delegate",
                "other",
                name="resolutionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_post_id", sa.Integer(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("follow_up_by", sa.Date(), nullable=True),
        sa.Column("follow_up_done_on", sa.Date(), nullable=True),
        sa.Column("procurement_id", sa.Integer(), nullable=True),
        sa.Column("option_number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_resolution_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name=op.f("fk_resolution_owner_post_id_post")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_resolution_procurement_id_procurement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_resolution_meeting_id_number")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_procurement_id"), ["procurement_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "budget_holder",
                "evaluator",
                "moderator",
                "consultee",
                "decider",
                "signatory",
                "contract_manager",
                "legal",
                "finance",
                "democratic_services",
                "monitoring_officer",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("procurement_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_role_grant_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_role_grant_procurement_id_procurement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_procurement_id"), ["procurement_id"], unique=False)

    op.create_table(
        "bid",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("price_net", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("was_assessed", sa.Boolean(), nullable=False),
        sa.Column("set_aside_because", sa.Text(), nullable=False),
        sa.Column("low_asked_on", sa.Date(), nullable=True),
        sa.Column("low_answered_on", sa.Date(), nullable=True),
        sa.Column("low_price_accepted", sa.Boolean(), nullable=True),
        sa.Column("low_price_finding", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("was_assessed OR set_aside_because <> ''", name=op.f("ck_bid_set_aside_for_a_reason")),
        sa.CheckConstraint(
            "low_answered_on IS NULL OR low_answered_on >= low_asked_on", name=op.f("ck_bid_asked_then_answered")
        ),
        sa.CheckConstraint("price_net > 0", name=op.f("ck_bid_price")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_lot_id_lot")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_bid_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("lot_id", "supplier_id", name=op.f("uq_bid_lot_id_supplier_id")),
    )
    op.create_table(
        "consultation",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("took_place", sa.Boolean(), nullable=False),
        sa.Column("none_reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("led_by", sa.Text(), nullable=False),
        sa.Column("response_count", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_consultation_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_consultation_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("appraisal_id", name=op.f("uq_consultation_appraisal_id")),
    )
    op.create_table(
        "contract_terms",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("manager_post_id", sa.Integer(), nullable=False),
        sa.Column("payment_frequency", sa.Text(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("pays_in_advance", sa.Boolean(), nullable=False),
        sa.Column("indexation_text", sa.Text(), nullable=False),
        sa.Column("liability_cap", sa.BigInteger(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("exercise_months", sa.Integer(), nullable=False),
        sa.Column("is_deed", sa.Boolean(), nullable=False),
        sa.Column("special_terms", sa.Text(), nullable=False),
        sa.Column("grant_conditions", sa.Text(), nullable=False),
        sa.Column("brand_name", sa.Text(), nullable=False),
        sa.Column("data_subjects", sa.Text(), nullable=False),
        sa.Column("data_kinds", sa.Text(), nullable=False),
        sa.Column("data_purpose", sa.Text(), nullable=False),
        sa.Column("data_retention", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("notice_months >= 0 AND exercise_months >= 0", name=op.f("ck_contract_terms_notices")),
        sa.CheckConstraint("payment_days BETWEEN 1 AND 30", name=op.f("ck_contract_terms_payment_days")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_contract_terms_lot_id_lot")),
        sa.ForeignKeyConstraint(["manager_post_id"], ["post.id"], name=op.f("fk_contract_terms_manager_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_terms")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_contract_terms_lot_id")),
    )
    op.create_table(
        "criterion",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("is_cost", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_criterion_weight")),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_criterion_appraisal_id_appraisal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("appraisal_id", "number", name=op.f("uq_criterion_appraisal_id_number")),
    )
    op.create_table(
        "delegation",
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("scheme_paragraph", sa.Text(), nullable=True),
        sa.Column("scheme_words", sa.Text(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "procure",
                "award",
                "enter",
                "extend",
                "vary",
                "terminate",
                "ancillary",
                "other",
                name="actkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Integer(), nullable=True),
        sa.Column("max_value_gross", sa.BigInteger(), nullable=True),
        sa.Column("max_months", sa.Integer(), nullable=True),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(resolution_id IS NULL) <> (scheme_paragraph IS NULL)", name=op.f("ck_delegation_one_source")
        ),
        sa.CheckConstraint("max_value_gross IS NULL OR max_value_gross >= 0", name=op.f("ck_delegation_max_value")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_delegation_in_order")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_delegation_post_id_post")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_delegation_procurement_id_procurement")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_delegation_resolution_id_resolution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_procurement_id"), ["procurement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_resolution_id"), ["resolution_id"], unique=False)

    op.create_table(
        "discarded_option",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_discarded_option_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discarded_option")),
    )
    with op.batch_alter_table("discarded_option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discarded_option_appraisal_id"), ["appraisal_id"], unique=False)

    op.create_table(
        "how_to_tender",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("validity_days", sa.Integer(), nullable=False),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("correction_text", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("insurance", sa.Text(), nullable=False),
        sa.Column("returns", sa.Text(), nullable=False),
        sa.Column("late_text", sa.Text(), nullable=False),
        sa.Column("takes_variants", sa.Boolean(), nullable=False),
        sa.Column("offers_standstill", sa.Boolean(), nullable=False),
        sa.Column("known_risks", sa.Text(), nullable=False),
        sa.Column("briefing_at", sa.DateTime(), nullable=True),
        sa.Column("briefing_place", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("validity_days BETWEEN 1 AND 730", name=op.f("ck_how_to_tender_validity_days")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_how_to_tender_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_how_to_tender")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_how_to_tender_lot_id")),
    )
    op.create_table(
        "implication",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_post_id", sa.Integer(), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("cleared_for", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cleared_at IS NULL OR cleared_by_id IS NOT NULL", name=op.f("ck_implication_cleared_by_somebody")
        ),
        sa.ForeignKeyConstraint(["author_post_id"], ["post.id"], name=op.f("fk_implication_author_post_id_post")),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["person.id"], name=op.f("fk_implication_cleared_by_id_person")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_implication_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implication")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_implication_report_id_number")),
    )
    op.create_table(
        "invitation",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_invitation_lot_id_lot")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_invitation_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("lot_id", "supplier_id", name=op.f("uq_invitation_lot_id_supplier_id")),
    )
    op.create_table(
        "method",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("price_weight", sa.Integer(), nullable=False),
        sa.Column(
            "price_formula",
            sa.Enum(
                "lowest_over_price",
                "deviation_from_lowest",
                "deviation_from_mean",
                "cost_per_quality_point",
                name="priceformula",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("panel_size", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_weight BETWEEN 0 AND 100", name=op.f("ck_method_price_weight")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_method_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_method_lot_id")),
    )
    op.create_table(
        "notice",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "UK4", "quotes", "UK6", "UK7", name="noticekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("circumstance", sa.Text(), nullable=False),
        sa.Column("standstill_days", sa.Integer(), nullable=True),
        sa.Column("standstill_is_voluntary", sa.Boolean(), nullable=False),
        sa.Column("no_standstill_reason", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("standstill_days IS NULL OR standstill_days >= 8", name=op.f("ck_notice_standstill_days")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_notice_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("lot_id", "kind", name=op.f("uq_notice_lot_id_kind")),
    )
    op.create_table(
        "option",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("in_brief", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "do_nothing",
                "extend",
                "in_house",
                "shared",
                "new_contract",
                "framework",
                "grants",
                "hybrid",
                name="optionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("has_vat", sa.Boolean(), nullable=False),
        sa.Column("cost_note", sa.Text(), nullable=False),
        sa.Column("equality", sa.Text(), nullable=False),
        sa.Column("social_value", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("rejected_reason", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_option_appraisal_id_appraisal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option")),
        sa.UniqueConstraint("appraisal_id", "number", name=op.f("uq_option_appraisal_id_number")),
    )
    op.create_table(
        "planned_kpi",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("tolerance", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_planned_kpi_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_kpi")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_planned_kpi_lot_id_number")),
    )
    op.create_table(
        "question",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_words", sa.Text(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("changes_document", sa.Boolean(), nullable=True),
        sa.Column("changed_text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR (words <> '' AND answer <> '')", name=op.f("ck_question_answered_whole")
        ),
        sa.CheckConstraint("published_on IS NULL OR answered_at IS NOT NULL", name=op.f("ck_question_answered_first")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_question_answered_by_id_person")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_question_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_question_lot_id_number")),
    )
    op.create_table(
        "recommendation",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_recommendation_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_recommendation_report_id_number")),
    )
    op.create_table(
        "report_consultee",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_report_consultee_post_id_post")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_consultee_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_consultee")),
        sa.UniqueConstraint("report_id", "post_id", name=op.f("uq_report_consultee_report_id_post_id")),
    )
    op.create_table(
        "report_risk",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "rating",
            sa.Enum("low", "medium", "high", name="rating", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("owner_post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name=op.f("fk_report_risk_owner_post_id_post")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_risk_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_risk")),
    )
    with op.batch_alter_table("report_risk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_risk_report_id"), ["report_id"], unique=False)

    op.create_table(
        "ring_fence",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("amount_on", sa.Date(), nullable=True),
        sa.Column("amount_source", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_ring_fence_in_order")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_ring_fence_resolution_id_resolution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring_fence")),
    )
    op.create_table(
        "specification",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("aims", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("in_scope", sa.Text(), nullable=False),
        sa.Column("out_of_scope", sa.Text(), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("volumes", sa.Text(), nullable=False),
        sa.Column("standards", sa.Text(), nullable=False),
        sa.Column("social_value", sa.Text(), nullable=False),
        sa.Column("council_provides", sa.Text(), nullable=False),
        sa.Column("reports", sa.Text(), nullable=False),
        sa.Column("reviews", sa.Text(), nullable=False),
        sa.Column("mobilisation", sa.Text(), nullable=False),
        sa.Column("exit_text", sa.Text(), nullable=False),
        sa.Column("has_safeguarding", sa.Boolean(), nullable=False),
        sa.Column("dpia_reference", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_specification_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specification")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_specification_lot_id")),
    )
    op.create_table(
        "stage_change",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column(
            "from_stage",
            sa.Enum(
                "need",
                "appraising",
                "seeking_approval",
                "preparing",
                "open_to_bids",
                "evaluating",
                "deciding_award",
                "award_announced",
                "contracted",
                "closed",
                "paused",
                "abandoned",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "need",
                "appraising",
                "seeking_approval",
                "preparing",
                "open_to_bids",
                "evaluating",
                "deciding_award",
                "award_announced",
                "contracted",
                "closed",
                "paused",
                "abandoned",
                name="to_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_stage_change_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_stage_change_procurement_id_procurement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_change_procurement_id"), ["procurement_id"], unique=False)

    op.create_table(
        "timetable",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("circumstance", sa.Text(), nullable=False),
        sa.Column("planned_notice_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_timetable_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_timetable_lot_id")),
    )
    op.create_table(
        "award_criterion",
        sa.Column("method_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("least_score", sa.Integer(), nullable=True),
        sa.Column("word_limit", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "least_score IS NULL OR least_score BETWEEN 1 AND 5", name=op.f("ck_award_criterion_least_score")
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_award_criterion_parent")),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_award_criterion_weight")),
        sa.CheckConstraint("word_limit IS NULL OR word_limit > 0", name=op.f("ck_award_criterion_word_limit")),
        sa.ForeignKeyConstraint(["method_id"], ["method.id"], name=op.f("fk_award_criterion_method_id_method")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["award_criterion.id"], name=op.f("fk_award_criterion_parent_id_award_criterion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_criterion")),
        sa.UniqueConstraint("method_id", "number", name=op.f("uq_award_criterion_method_id_number")),
    )
    op.create_table(
        "bid_file",
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("quality", "price", name="bidfilekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_file_bid_id_bid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_file")),
    )
    op.create_table(
        "consultation_event",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("when_text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_event_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_event")),
    )
    with op.batch_alter_table("consultation_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_event_consultation_id"), ["consultation_id"], unique=False)

    op.create_table(
        "consultation_finding",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_finding_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_finding")),
    )
    with op.batch_alter_table("consultation_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_finding_consultation_id"), ["consultation_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "procure",
                "award",
                "enter",
                "extend",
                "vary",
                "terminate",
                "ancillary",
                "other",
                name="actkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "consulting",
                "sent",
                "returned",
                "refused",
                "signed",
                "withdrawn",
                "set_aside",
                name="decisionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("procurement_id", sa.Integer(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("sign_by_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("value_net", sa.BigInteger(), nullable=True),
        sa.Column("value_gross", sa.BigInteger(), nullable=True),
        sa.Column("annual_gross", sa.BigInteger(), nullable=True),
        sa.Column("max_months", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("financial_text", sa.Text(), nullable=False),
        sa.Column("equality_text", sa.Text(), nullable=False),
        sa.Column("alignment_text", sa.Text(), nullable=False),
        sa.Column("key_text", sa.Text(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("exempt_text", sa.Text(), nullable=False),
        sa.Column("over_text", sa.Text(), nullable=False),
        sa.Column("no_limit_confirmation", sa.Text(), nullable=False),
        sa.Column("no_limit_confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("no_limit_confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("silence_reason", sa.Text(), nullable=False),
        sa.Column("silence_advice", sa.Text(), nullable=False),
        sa.Column("silence_advised_by_id", sa.Integer(), nullable=True),
        sa.Column("silence_advised_at", sa.DateTime(), nullable=True),
        sa.Column("objection_reason", sa.Text(), nullable=False),
        sa.Column(
            "maker_interest",
            sa.Enum("none", "declared", name="maker_interest", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("maker_interest_text", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_canonical", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("authority_chain", sa.Text(), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'signed' OR (signed_at IS NOT NULL AND signed_by_id IS NOT NULL AND digest <> '')",
            name=op.f("ck_decision_signed_whole"),
        ),
        sa.CheckConstraint("value_gross IS NULL OR value_gross >= value_net", name=op.f("ck_decision_value")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_decision_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_decision_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["no_limit_confirmed_by_id"], ["person.id"], name=op.f("fk_decision_no_limit_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_decision_post_id_post")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_decision_prepared_by_id_person")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_decision_procurement_id_procurement")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_decision_signed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["silence_advised_by_id"], ["person.id"], name=op.f("fk_decision_silence_advised_by_id_person")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_decision_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("reference", name=op.f("uq_decision_reference")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_procurement_id"), ["procurement_id"], unique=False)

    op.create_table(
        "delegation_consultee",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_consultee_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_delegation_consultee_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_consultee")),
        sa.UniqueConstraint("delegation_id", "post_id", name=op.f("uq_delegation_consultee_delegation_id_post_id")),
    )
    op.create_table(
        "evaluation",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("scores_due_on", sa.Date(), nullable=True),
        sa.Column("agree_due_on", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("tie_settled_for_id", sa.Integer(), nullable=True),
        sa.Column("tie_settled_by", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_evaluation_lot_id_lot")),
        sa.ForeignKeyConstraint(["tie_settled_for_id"], ["bid.id"], name=op.f("fk_evaluation_tie_settled_for_id_bid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_evaluation_lot_id")),
    )
    op.create_table(
        "option_cost",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("net >= 0", name=op.f("ck_option_cost_net")),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_option_cost_option_id_option")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_cost")),
        sa.UniqueConstraint("option_id", "year", name=op.f("uq_option_cost_option_id_year")),
    )
    op.create_table(
        "option_risk",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("owner_post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_option_risk_impact")),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 5", name=op.f("ck_option_risk_likelihood")),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_option_risk_option_id_option")),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name=op.f("fk_option_risk_owner_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_risk")),
    )
    op.create_table(
        "option_score",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("scored_by_id", sa.Integer(), nullable=False),
        sa.Column("scored_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 5", name=op.f("ck_option_score_score")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_option_score_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_option_score_option_id_option")),
        sa.ForeignKeyConstraint(["scored_by_id"], ["person.id"], name=op.f("fk_option_score_scored_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_score")),
        sa.UniqueConstraint("option_id", "criterion_id", name=op.f("uq_option_score_option_id_criterion_id")),
    )
    op.create_table(
        "planned_day",
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "notice",
                "questions",
                "answers",
                "closes",
                "opened",
                "scored",
                "moderated",
                "decided",
                "call_in",
                "summaries",
                "award_notice",
                "standstill",
                "signed",
                "starts",
                name="plannedstep",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["timetable_id"], ["timetable.id"], name=op.f("fk_planned_day_timetable_id_timetable")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_day")),
        sa.UniqueConstraint("timetable_id", "step", name=op.f("uq_planned_day_timetable_id_step")),
    )
    op.create_table(
        "purpose",
        sa.Column("ring_fence_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ring_fence_id"], ["ring_fence.id"], name=op.f("fk_purpose_ring_fence_id_ring_fence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose")),
    )
    with op.batch_alter_table("purpose", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purpose_ring_fence_id"), ["ring_fence_id"], unique=False)

    op.create_table(
        "alternative",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_alternative_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alternative")),
    )
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alternative_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("value_net", sa.BigInteger(), nullable=False),
        sa.Column("value_vat", sa.BigInteger(), nullable=False),
        sa.Column("value_gross", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("over_reason", sa.Text(), nullable=False),
        sa.Column("standstill_days", sa.Integer(), nullable=True),
        sa.Column("no_standstill_reason", sa.Text(), nullable=False),
        sa.Column("notice_planned_on", sa.Date(), nullable=True),
        sa.Column("letter_asks", sa.Text(), nullable=False),
        sa.Column("withheld_text", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("value_gross = value_net + value_vat", name=op.f("ck_award_value_adds_up")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_award_bid_id_bid")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_award_decision_id_decision")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_award_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_award_lot_id")),
    )
    op.create_table(
        "clearance",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_clearance_decision_id_decision")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_clearance_given_by_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_clearance_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("ring_fence_id", sa.Integer(), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("committed_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_commitment_more_than_nothing")),
        sa.ForeignKeyConstraint(["purpose_id"], ["purpose.id"], name=op.f("fk_commitment_purpose_id_purpose")),
        sa.ForeignKeyConstraint(
            ["ring_fence_id"], ["ring_fence.id"], name=op.f("fk_commitment_ring_fence_id_ring_fence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_ring_fence_id"), ["ring_fence_id"], unique=False)

    op.create_table(
        "consensus_score",
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 5", name=op.f("ck_consensus_score_score")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_consensus_score_bid_id_bid")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["award_criterion.id"], name=op.f("fk_consensus_score_criterion_id_award_criterion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_score")),
        sa.UniqueConstraint("bid_id", "criterion_id", name=op.f("uq_consensus_score_bid_id_criterion_id")),
    )
    op.create_table(
        "consultee_view",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("asked_of_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("chased_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "view",
            sa.Enum(
                "content", "comments", "objects", name="view", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("officer_answer", sa.Text(), nullable=False),
        sa.Column(
            "interest",
            sa.Enum("none", "declared", name="interest", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("interest_text", sa.Text(), nullable=False),
        sa.Column("dispensation_text", sa.Text(), nullable=False),
        sa.Column("substitute_for", sa.Text(), nullable=True),
        sa.Column("substitute_post_id", sa.Integer(), nullable=True),
        sa.Column("substitute_authority", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "substitute_for IS NULL OR substitute_authority <> ''",
            name=op.f("ck_consultee_view_substitute_has_authority"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR (view IS NOT NULL AND interest IS NOT NULL)",
            name=op.f("ck_consultee_view_answered_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_consultee_view_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["asked_of_id"], ["person.id"], name=op.f("fk_consultee_view_asked_of_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_consultee_view_decision_id_decision")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_consultee_view_post_id_post")),
        sa.ForeignKeyConstraint(
            ["substitute_post_id"], ["post.id"], name=op.f("fk_consultee_view_substitute_post_id_post")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultee_view")),
        sa.UniqueConstraint("decision_id", "post_id", name=op.f("uq_consultee_view_decision_id_post_id")),
    )
    op.create_table(
        "panel_member",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "evaluator", "moderator", name="evaluatorrole", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_panel_member_evaluation_id_evaluation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("evaluation_id", "person_id", name=op.f("uq_panel_member_evaluation_id_person_id")),
    )
    op.create_table(
        "bidder_letter",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("letter_paper_id", sa.Integer(), nullable=True),
        sa.Column("summary_paper_id", sa.Integer(), nullable=True),
        sa.Column("further_reason", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_bidder_letter_award_id_award")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bidder_letter_bid_id_bid")),
        sa.ForeignKeyConstraint(["letter_paper_id"], ["paper.id"], name=op.f("fk_bidder_letter_letter_paper_id_paper")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_bidder_letter_sent_by_id_person")),
        sa.ForeignKeyConstraint(
            ["summary_paper_id"], ["paper.id"], name=op.f("fk_bidder_letter_summary_paper_id_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bidder_letter")),
        sa.UniqueConstraint("award_id", "bid_id", name=op.f("uq_bidder_letter_award_id_bid_id")),
    )
    op.create_table(
        "challenge",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("notified_at", sa.DateTime(), nullable=False),
        sa.Column("claimant", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("lifted_on IS NULL OR lifted_by <> ''", name=op.f("ck_challenge_lifted_by_something")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_challenge_award_id_award")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_award_id"), ["award_id"], unique=False)

    op.create_table(
        "conflict_declaration",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "may_take_part",
                "steps_down",
                name="interestoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_conflict_declaration_bid_id_bid")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_conflict_declaration_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint("member_id", "bid_id", name=op.f("uq_conflict_declaration_member_id_bid_id")),
    )
    op.create_table(
        "contract",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "to_sign", "live", "ended", name="contractstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("enter_decision_id", sa.Integer(), nullable=True),
        sa.Column("manager_post_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("authority_chain", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("initial_ends_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("is_light_touch", sa.Boolean(), nullable=False),
        sa.Column("value_net", sa.BigInteger(), nullable=False),
        sa.Column("value_vat", sa.BigInteger(), nullable=False),
        sa.Column("value_gross", sa.BigInteger(), nullable=False),
        sa.Column("full_net", sa.BigInteger(), nullable=False),
        sa.Column("full_gross", sa.BigInteger(), nullable=False),
        sa.Column("annual_net", sa.BigInteger(), nullable=False),
        sa.Column("annual_gross", sa.BigInteger(), nullable=False),
        sa.Column("performance", sa.Text(), nullable=False),
        sa.Column("at_expiry", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_in_order")),
        sa.CheckConstraint("value_gross = value_net + value_vat", name=op.f("ck_contract_value_adds_up")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_contract_award_id_award")),
        sa.ForeignKeyConstraint(
            ["enter_decision_id"], ["decision.id"], name=op.f("fk_contract_enter_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["manager_post_id"], ["post.id"], name=op.f("fk_contract_manager_post_id_post")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_contract_signed_by_id_person")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_contract_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("award_id", name=op.f("uq_contract_award_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_contract_reference")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_manager_post_id"), ["manager_post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "individual_score",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 5", name=op.f("ck_individual_score_score")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_individual_score_bid_id_bid")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["award_criterion.id"], name=op.f("fk_individual_score_criterion_id_award_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_individual_score_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_individual_score")),
        sa.UniqueConstraint(
            "member_id", "bid_id", "criterion_id", name=op.f("uq_individual_score_member_id_bid_id_criterion_id")
        ),
    )
    with op.batch_alter_table("individual_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_individual_score_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "contract_option",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("exercise_by_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("months > 0", name=op.f("ck_contract_option_months")),
        sa.CheckConstraint("used_on IS NULL OR declined_on IS NULL", name=op.f("ck_contract_option_used_or_declined")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_option_contract_id_contract")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_contract_option_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_option")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_option_contract_id_number")),
    )
    op.create_table(
        "end_decision",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("about_end_on", sa.Date(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "extend",
                "buy_again",
                "let_lapse",
                name="whatfollows",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_end_decision_contract_id_contract")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_end_decision_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_end_decision")),
    )
    with op.batch_alter_table("end_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_end_decision_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_gross", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_payment_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ladder",
                "option",
                "start_by",
                "escalation",
                name="reminderkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("send_on", sa.Date(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("sent_to_id", sa.Integer(), nullable=True),
        sa.Column("sent_post_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answer_by_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("escalation_of_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["person.id"], name=op.f("fk_reminder_acknowledged_by_id_person")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_reminder_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["escalation_of_id"], ["reminder.id"], name=op.f("fk_reminder_escalation_of_id_reminder")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_reminder_letter_id_letter")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_reminder_post_id_post")),
        sa.ForeignKeyConstraint(["sent_post_id"], ["post.id"], name=op.f("fk_reminder_sent_post_id_post")),
        sa.ForeignKeyConstraint(["sent_to_id"], ["person.id"], name=op.f("fk_reminder_sent_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "contract_id", "kind", "about_on", "step", name=op.f("uq_reminder_contract_id_kind_about_on_step")
        ),
        sa.UniqueConstraint("key_hash", name=op.f("uq_reminder_key_hash")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_send_on", ["send_on"], unique=False)

    with op.batch_alter_table("procurement") as batch_op:
        batch_op.create_foreign_key(
            "fk_procurement_ending_contract_id_contract", "contract", ["ending_contract_id"], ["id"]
        )
    with op.batch_alter_table("appraisal") as batch_op:
        batch_op.create_foreign_key("fk_appraisal_preferred_id_option", "option", ["preferred_id"], ["id"])
    for words in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(words)


def downgrade() -> None:
    with op.batch_alter_table("procurement") as batch_op:
        batch_op.drop_constraint("fk_procurement_ending_contract_id_contract", type_="foreignkey")
    with op.batch_alter_table("appraisal") as batch_op:
        batch_op.drop_constraint("fk_appraisal_preferred_id_option", type_="foreignkey")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_send_on")

    op.drop_table("reminder")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_contract_id"))

    op.drop_table("payment")
    with op.batch_alter_table("end_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_end_decision_contract_id"))

    op.drop_table("end_decision")
    op.drop_table("contract_option")
    with op.batch_alter_table("individual_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_individual_score_bid_id"))

    op.drop_table("individual_score")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_contract_manager_post_id"))
        batch_op.drop_index(batch_op.f("ix_contract_ends_on"))

    op.drop_table("contract")
    op.drop_table("conflict_declaration")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_award_id"))

    op.drop_table("challenge")
    op.drop_table("bidder_letter")
    op.drop_table("panel_member")
    op.drop_table("consultee_view")
    op.drop_table("consensus_score")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_ring_fence_id"))

    op.drop_table("commitment")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_decision_id"))

    op.drop_table("clearance")
    op.drop_table("award")
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alternative_decision_id"))

    op.drop_table("alternative")
    with op.batch_alter_table("purpose", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purpose_ring_fence_id"))

    op.drop_table("purpose")
    op.drop_table("planned_day")
    op.drop_table("option_score")
    op.drop_table("option_risk")
    op.drop_table("option_cost")
    op.drop_table("evaluation")
    op.drop_table("delegation_consultee")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_procurement_id"))
        batch_op.drop_index(batch_op.f("ix_decision_post_id"))
        batch_op.drop_index(batch_op.f("ix_decision_lot_id"))

    op.drop_table("decision")
    with op.batch_alter_table("consultation_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_finding_consultation_id"))

    op.drop_table("consultation_finding")
    with op.batch_alter_table("consultation_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_event_consultation_id"))

    op.drop_table("consultation_event")
    op.drop_table("bid_file")
    op.drop_table("award_criterion")
    op.drop_table("timetable")
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_change_procurement_id"))

    op.drop_table("stage_change")
    op.drop_table("specification")
    op.drop_table("ring_fence")
    with op.batch_alter_table("report_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_risk_report_id"))

    op.drop_table("report_risk")
    op.drop_table("report_consultee")
    op.drop_table("recommendation")
    op.drop_table("question")
    op.drop_table("planned_kpi")
    op.drop_table("option")
    op.drop_table("notice")
    op.drop_table("method")
    op.drop_table("invitation")
    op.drop_table("implication")
    op.drop_table("how_to_tender")
    with op.batch_alter_table("discarded_option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discarded_option_appraisal_id"))

    op.drop_table("discarded_option")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_resolution_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_procurement_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_post_id"))

    op.drop_table("delegation")
    op.drop_table("criterion")
    op.drop_table("contract_terms")
    op.drop_table("consultation")
    op.drop_table("bid")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_procurement_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_procurement_id"))

    op.drop_table("resolution")
    op.drop_table("report")
    op.drop_table("lot")
    op.drop_table("enclosure")
    op.drop_table("appraisal")
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_trail_entry_row")
        batch_op.drop_index("ix_trail_entry_act")

    op.drop_table("trail_entry")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_person_id"))

    op.drop_table("token")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("procurement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procurement_officer_id"))
        batch_op.drop_index(batch_op.f("ix_procurement_ending_contract_id"))

    op.drop_table("procurement")
    op.drop_table("paper")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_to_post", postgresql_where="sent_at IS NULL AND given_up_at IS NULL")
        batch_op.drop_index("ix_letter_about")

    op.drop_table("letter")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_to_do", postgresql_where="ended_at IS NULL")
        batch_op.drop_index("ix_job_asked_by")

    op.drop_table("job")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index("ix_holding_post_from")
        batch_op.drop_index(batch_op.f("ix_holding_person_id"))

    op.drop_table("holding")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_person_id"))

    op.drop_table("device")
    op.drop_table("council")
    op.drop_table("trail_head")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplier_name"))

    op.drop_table("supplier")
    op.drop_table("standing_terms")
    op.drop_table("quote_band")
    op.drop_table("post")
    op.drop_table("person")
    op.drop_table("meeting")
    op.drop_table("heartbeat")
    op.drop_table("funding_grant")
    op.drop_table("done_once")
    op.drop_table("demonstration")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_subject_at")

    op.drop_table("attempt")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_trail_change()")
