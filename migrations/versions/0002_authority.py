"""Authority: covers, names of posts, dated rules, forward plan, assurances, uses, waivers, open papers.

Revision: 0002
Follows: 0001
"""

import hashlib
import json
import secrets
import uuid
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


SEALED = (
    "file", "number", "act_id", "said", "note", "by_id", "by_words", "at", "recorded_at", "kind", "table_name",
    "row_id", "row_name", "payload_digest",
)  # fmt: skip


def canonical(values: dict[str, Any]) -> str:
    """One text for one set of values, as the trail writes it."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def put_in(connection: sa.Connection, table: sa.Table, file: str, name: str, **values: Any) -> None:
    """Put a row in, with its entry at the end of the file's chain: what is moved is told, and the chain still holds."""
    row_id = connection.execute(table.insert().values(version=1, **values).returning(table.c.id)).scalar_one()
    trail, heads = reflected(connection, "trail_entry"), reflected(connection, "trail_head")
    head = connection.execute(sa.select(heads.c.count, heads.c.hash).where(heads.c.file == file)).first()
    count, last = head or (0, "0" * 64)
    now, salt = datetime.now(UTC), secrets.token_hex(16)
    payload = canonical({"new": {key: plain(value, table.c[key].name) for key, value in values.items()}, "old": {}})
    entry = {
        "file": file, "number": count + 1, "act_id": uuid.uuid4().hex, "said": "moved it here with a new version",
        "note": None, "by_id": None, "by_words": "Upgrade 0002", "at": now, "recorded_at": now, "kind": "added",
        "table_name": table.name, "row_id": row_id, "row_name": name,
        "payload_digest": hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest(),
    }  # fmt: skip
    sealed = canonical({key: plain(entry[key], key) for key in SEALED})
    entry |= {"payload": payload, "salt": salt, "previous_hash": last}
    entry["hash"] = hashlib.sha256(f"{last}\n{sealed}".encode()).hexdigest()
    stored = {key: value.replace(tzinfo=None) if isinstance(value, datetime) else value for key, value in entry.items()}
    connection.execute(trail.insert().values(**stored))
    if head is None:
        connection.execute(heads.insert().values(file=file, count=count + 1, hash=entry["hash"]))
    else:
        connection.execute(heads.update().where(heads.c.file == file).values(count=count + 1, hash=entry["hash"]))


def plain(value: Any, name: str) -> Any:
    """A value as the trail writes it: days and moments in ISO, money in pounds with two decimals."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if name.endswith(("_gross", "_net")) and value is not None:
        return f"{value // 100}.{value % 100:02d}"
    return value


def reflected(connection: sa.Connection, name: str) -> sa.Table:
    """A table as it stands now."""
    return sa.Table(name, sa.MetaData(), autoload_with=connection)


def move_rules(connection: sa.Connection) -> None:
    """The council's call-in days, key value and rule on objections become the first row of its dated rules."""
    council = connection.execute(
        sa.text("SELECT call_in_days, key_decision_gross, objection_refers_back, is_example FROM council ORDER BY id")
    ).first()
    if council is not None:
        put_in(
            connection, reflected(connection, "procedure_rules"), "council", "Procedure rules from 1 April 2000",
            from_on=date(2000, 4, 1), key_decision_gross=council[1], call_in_days=council[0], call_in_by="",
            scrutiny_name="", scrutiny_days=None, scrutiny_chair_post_id=None, objection_refers_back=bool(council[2]),
            seal_from_net=None, source="As entered in the council’s particulars", is_example=bool(council[3]),
        )  # fmt: skip


def move_follow_ups(connection: sa.Connection) -> None:
    """What was to follow a resolution becomes a row of its own, so that there can be several."""
    rows = connection.execute(
        sa.text(
            "SELECT r.id, r.follow_up, r.owner_post_id, r.follow_up_by, r.follow_up_done_on, m.reference "
            "FROM resolution r JOIN meeting m ON m.id = r.meeting_id WHERE r.follow_up <> '' ORDER BY r.id"
        )
        .columns(follow_up_by=sa.Date(), follow_up_done_on=sa.Date())
    ).all()  # fmt: skip
    table = reflected(connection, "follow_up")
    for resolution_id, what, post_id, due_on, done_on, file in rows:
        put_in(
            connection, table, file, f"Follow-up: {what}", resolution_id=resolution_id, what=what, post_id=post_id,
            due_on=due_on, done_on=done_on, outcome="",
        )  # fmt: skip


def move_notices(connection: sa.Connection) -> None:
    """The notice typed on a report becomes an entry of the forward plan. One without a meeting's day was no notice."""
    rows = connection.execute(
        sa.text(
            "SELECT r.id, r.title, r.meeting_on, r.key_reason, r.forward_plan_reference, r.forward_plan_on, "
            "r.exception_text, r.is_example, p.id, p.officer_id, p.wards_label, p.title FROM report r "
            "JOIN procurement p ON p.id = r.procurement_id WHERE r.meeting_on IS NOT NULL AND "
            "(r.forward_plan_reference <> '' OR r.forward_plan_on IS NOT NULL OR r.exception_text <> '') ORDER BY r.id"
        )
        .columns(meeting_on=sa.Date(), forward_plan_on=sa.Date())
    ).all()  # fmt: skip
    body = connection.execute(sa.text("SELECT executive_name FROM council ORDER BY id")).scalar() or "Cabinet"
    table, taken = reflected(connection, "forward_plan_entry"), set[str]()
    for row_id, title, day, why, typed, noticed, exception, example, file_id, officer, wards, named in rows:
        reference = typed.replace("/", "-")[:40]
        if not reference or reference in taken:
            reference = f"FP-{day.year}-R{row_id}"
        taken.add(reference)
        put_in(
            connection, table, "forward-plan", title or named, reference=reference, procurement_id=file_id,
            matter=title or named, about="", body=body, post_id=None, decision_on=day, decision_until_on=None,
            key_reason=why, wards_label=wards or "", documents="", copies_at="", contact="", is_private=False,
            private_paragraph="", private_reason="", route="general_exception" if exception else "forward_plan",
            exception_reason=exception, chair_name="", told_on=None, agreed_on=None,
            exception_published_on=None, published_on=noticed, withdrawn_on=None, withdrawn_because="", made_by_id=officer, made_at=datetime.now(UTC).replace(tzinfo=None),
            is_example=bool(example),
        )  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "waiver_reason",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("max_net", sa.BigInteger(), nullable=True),
        sa.Column("max_months", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_waiver_reason_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_reason")),
    )
    op.create_table(
        "cover",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("away_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_cover_in_order")),
        sa.ForeignKeyConstraint(["away_id"], ["person.id"], name=op.f("fk_cover_away_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cover_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_cover_post_id_post")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_cover_set_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_post_id"), ["post_id"], unique=False)

    op.create_table(
        "post_name",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "from_on IS NULL OR until_on IS NULL OR until_on >= from_on", name=op.f("ck_post_name_in_order")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_name_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_name")),
        sa.UniqueConstraint("post_id", "name", "until_on", name=op.f("uq_post_name_post_id_name_until_on")),
    )
    op.create_table(
        "procedure_rules",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("key_decision_gross", sa.BigInteger(), nullable=True),
        sa.Column("call_in_days", sa.Integer(), nullable=False),
        sa.Column("call_in_by", sa.Text(), nullable=False),
        sa.Column("scrutiny_name", sa.Text(), nullable=False),
        sa.Column("scrutiny_days", sa.Integer(), nullable=True),
        sa.Column("scrutiny_chair_post_id", sa.Integer(), nullable=True),
        sa.Column("objection_refers_back", sa.Boolean(), nullable=False),
        sa.Column("seal_from_net", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("call_in_days >= 0", name=op.f("ck_procedure_rules_call_in_days")),
        sa.CheckConstraint("scrutiny_days IS NULL OR scrutiny_days > 0", name=op.f("ck_procedure_rules_scrutiny_days")),
        sa.ForeignKeyConstraint(
            ["scrutiny_chair_post_id"], ["post.id"], name=op.f("fk_procedure_rules_scrutiny_chair_post_id_post")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_rules")),
        sa.UniqueConstraint("from_on", name=op.f("uq_procedure_rules_from_on")),
    )
    op.create_table(
        "forward_plan_entry",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("procurement_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=False),
        sa.Column("decision_until_on", sa.Date(), nullable=True),
        sa.Column("key_reason", sa.Text(), nullable=False),
        sa.Column("wards_label", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("copies_at", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("private_paragraph", sa.Text(), nullable=False),
        sa.Column("private_reason", sa.Text(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "forward_plan",
                "general_exception",
                "special_urgency",
                name="noticeroute",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("chair_name", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("exception_published_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision_until_on IS NULL OR decision_until_on >= decision_on", name=op.f("ck_forward_plan_entry_in_order")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_forward_plan_entry_made_by_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_forward_plan_entry_post_id_post")),
        sa.ForeignKeyConstraint(
            ["procurement_id"], ["procurement.id"], name=op.f("fk_forward_plan_entry_procurement_id_procurement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forward_plan_entry")),
        sa.UniqueConstraint("reference", name=op.f("uq_forward_plan_entry_reference")),
    )
    with op.batch_alter_table("forward_plan_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forward_plan_entry_procurement_id"), ["procurement_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_follow_up_post_id_post")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_follow_up_resolution_id_resolution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_resolution_id"), ["resolution_id"], unique=False)

    op.create_table(
        "delegation_delegate",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_delegate_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_delegation_delegate_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_delegate")),
        sa.UniqueConstraint("delegation_id", "post_id", name=op.f("uq_delegation_delegate_delegation_id_post_id")),
    )
    op.create_table(
        "assurance",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "of",
            sa.Enum(
                "condition", "scope", "event", name="assuranceof", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_assurance_decision_id_decision")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_assurance_given_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assurance")),
        sa.UniqueConstraint("decision_id", "of", "words", name=op.f("uq_assurance_decision_id_of_words")),
    )
    op.create_table(
        "decision_use",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "award",
                "signature",
                "extension",
                "variation",
                "termination",
                "waiver",
                "ancillary",
                "other",
                name="usekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_use_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_use")),
        sa.UniqueConstraint("decision_id", "kind", "about", name=op.f("uq_decision_use_decision_id_kind_about")),
    )
    op.create_table(
        "paper_access",
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "open",
                "exempt",
                "not_background",
                name="paperstanding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("public_interest", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "standing <> 'exempt' OR (paragraph <> '' AND public_interest <> '')",
            name=op.f("ck_paper_access_exempt_says_why"),
        ),
        sa.CheckConstraint("(decision_id IS NULL) <> (meeting_id IS NULL)", name=op.f("ck_paper_access_of_one")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_paper_access_decided_by_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_paper_access_decision_id_decision")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_access_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_access_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_access")),
        sa.UniqueConstraint("decision_id", "paper_id", name=op.f("uq_paper_access_decision_id_paper_id")),
        sa.UniqueConstraint("meeting_id", "paper_id", name=op.f("uq_paper_access_meeting_id_paper_id")),
    )
    with op.batch_alter_table("paper_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_access_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_access_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "waiver",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_waiver_in_order")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_waiver_decision_id_decision")),
        sa.ForeignKeyConstraint(["reason_id"], ["waiver_reason.id"], name=op.f("fk_waiver_reason_id_waiver_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_waiver_decision_id")),
    )
    connection = op.get_bind()
    move_rules(connection)
    move_follow_ups(connection)
    move_notices(connection)
    with op.batch_alter_table("consultee_view", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mode",
                sa.Enum(
                    "consult",
                    "following",
                    "agree",
                    "agree_in_writing",
                    "terms",
                    name="consultationmode",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="consult",
            )
        )

    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_council_call_in_days"), type_="check")
        batch_op.drop_column("call_in_days")
        batch_op.drop_column("objection_refers_back")
        batch_op.drop_column("key_decision_gross")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_actkind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_actkind"),
            "act IN ('procure', 'award', 'enter', 'extend', 'vary', 'terminate', 'ancillary', 'waive', 'other')",
        )
        batch_op.add_column(sa.Column("contract_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("forward_plan_entry_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("total_gross", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("exempt_paragraph", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("exempt_review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("signed_cover_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("maker_interest_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("call_in_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("call_in_waived", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("called_in_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("called_in_by", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("call_in_grounds", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("scrutiny_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("call_in_ended_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "call_in_result",
                sa.Enum(
                    "upheld", "sent_back", name="callinresult", native_enum=False, create_constraint=True, length=40
                ),
                nullable=True,
            )
        )
        batch_op.create_index(batch_op.f("ix_decision_contract_id"), ["contract_id"], unique=False)
        batch_op.create_foreign_key("fk_decision_contract_id_contract", "contract", ["contract_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_signed_cover_id_cover"), "cover", ["signed_cover_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_maker_interest_by_id_person"), "person", ["maker_interest_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_forward_plan_entry_id_forward_plan_entry"),
            "forward_plan_entry",
            ["forward_plan_entry_id"],
            ["id"],
        )

    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegation_actkind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_delegation_actkind"),
            "act IN ('procure', 'award', 'enter', 'extend', 'vary', 'terminate', 'ancillary', 'waive', 'other')",
        )
        batch_op.add_column(sa.Column("may_nominate", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("min_value_gross", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("until_event", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("delegation_consultee", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mode",
                sa.Enum(
                    "consult",
                    "following",
                    "agree",
                    "agree_in_writing",
                    "terms",
                    name="consultationmode",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="consult",
            )
        )

    with op.batch_alter_table("funding_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conditions", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forward_plan_entry_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("call_in_waived", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("called_in_by", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("call_in_grounds", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("scrutiny_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_forward_plan_entry_id_forward_plan_entry"),
            "forward_plan_entry",
            ["forward_plan_entry_id"],
            ["id"],
        )

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("succession_authority", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_post_successor_id_post"), "post", ["successor_id"], ["id"])

    with op.batch_alter_table("quote_band", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approver", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("must_advertise", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_column("forward_plan_on")
        batch_op.drop_column("exception_text")
        batch_op.drop_column("forward_plan_reference")

    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "status",
                sa.Enum(
                    "resolved",
                    "recommended",
                    "rescinded",
                    name="resolutionstatus",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="resolved",
            )
        )
        batch_op.drop_column("follow_up_by")
        batch_op.drop_column("follow_up_done_on")
        batch_op.drop_column("follow_up")


def move_back(connection: sa.Connection) -> None:
    """The newest rules, the first follow-up of each resolution and the newest notice of each file, where they were."""
    connection.execute(
        sa.text(
            "UPDATE council SET (call_in_days, key_decision_gross, objection_refers_back) = "
            "(SELECT call_in_days, key_decision_gross, objection_refers_back FROM procedure_rules "
            "ORDER BY from_on DESC LIMIT 1) WHERE EXISTS (SELECT 1 FROM procedure_rules)"
        )
    )
    first = "FROM follow_up f WHERE f.resolution_id = resolution.id ORDER BY f.id LIMIT 1"
    connection.execute(
        sa.text(
            f"UPDATE resolution SET (follow_up, follow_up_by, follow_up_done_on) = "
            f"(SELECT f.what, f.due_on, f.done_on {first}) "
            f"WHERE EXISTS (SELECT 1 FROM follow_up f WHERE f.resolution_id = resolution.id)"
        )
    )
    newest = "FROM forward_plan_entry e WHERE e.procurement_id = report.procurement_id"
    connection.execute(
        sa.text(
            f"UPDATE report SET (forward_plan_reference, forward_plan_on, exception_text) = "
            f"(SELECT e.reference, e.published_on, e.exception_reason {newest} ORDER BY e.id DESC LIMIT 1) "
            f"WHERE EXISTS (SELECT 1 {newest})"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_resolution_resolutionstatus"), type_="check")
        batch_op.add_column(sa.Column("follow_up", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("follow_up_done_on", sa.DATE(), nullable=True))
        batch_op.add_column(sa.Column("follow_up_by", sa.DATE(), nullable=True))
        batch_op.drop_column("status")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forward_plan_reference", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("exception_text", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("forward_plan_on", sa.DATE(), nullable=True))

    with op.batch_alter_table("quote_band", schema=None) as batch_op:
        batch_op.drop_column("must_advertise")
        batch_op.drop_column("approver")

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_post_successor_id_post"), type_="foreignkey")
        batch_op.drop_column("succession_authority")
        batch_op.drop_column("successor_id")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_forward_plan_entry_id_forward_plan_entry"), type_="foreignkey")
        batch_op.drop_column("scrutiny_on")
        batch_op.drop_column("call_in_grounds")
        batch_op.drop_column("called_in_by")
        batch_op.drop_column("call_in_waived")
        batch_op.drop_column("forward_plan_entry_id")

    with op.batch_alter_table("funding_grant", schema=None) as batch_op:
        batch_op.drop_column("conditions")

    with op.batch_alter_table("delegation_consultee", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegation_consultee_consultationmode"), type_="check")
        batch_op.drop_column("mode")

    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegation_actkind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_delegation_actkind"),
            "act IN ('procure', 'award', 'enter', 'extend', 'vary', 'terminate', 'ancillary', 'other')",
        )
        batch_op.drop_column("until_event")
        batch_op.drop_column("min_value_gross")
        batch_op.drop_column("may_nominate")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_decision_callinresult"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_decision_actkind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decision_actkind"),
            "act IN ('procure', 'award', 'enter', 'extend', 'vary', 'terminate', 'ancillary', 'other')",
        )
        batch_op.drop_constraint(batch_op.f("fk_decision_forward_plan_entry_id_forward_plan_entry"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_decision_signed_cover_id_cover"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_decision_maker_interest_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint("fk_decision_contract_id_contract", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_decision_contract_id"))
        batch_op.drop_column("call_in_result")
        batch_op.drop_column("call_in_ended_on")
        batch_op.drop_column("scrutiny_on")
        batch_op.drop_column("call_in_grounds")
        batch_op.drop_column("called_in_by")
        batch_op.drop_column("called_in_on")
        batch_op.drop_column("call_in_waived")
        batch_op.drop_column("call_in_days")
        batch_op.drop_column("signed_cover_id")
        batch_op.drop_column("maker_interest_by_id")
        batch_op.drop_column("exempt_review_on")
        batch_op.drop_column("exempt_paragraph")
        batch_op.drop_column("total_gross")
        batch_op.drop_column("forward_plan_entry_id")
        batch_op.drop_column("contract_id")

    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key_decision_gross", sa.BIGINT(), nullable=True))
        batch_op.add_column(sa.Column("objection_refers_back", sa.BOOLEAN(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("call_in_days", sa.INTEGER(), nullable=False, server_default="5"))
        batch_op.create_check_constraint(batch_op.f("ck_council_call_in_days"), "call_in_days >= 0")

    with op.batch_alter_table("consultee_view", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_consultee_view_consultationmode"), type_="check")
        batch_op.drop_column("mode")

    move_back(op.get_bind())
    op.drop_table("waiver")
    with op.batch_alter_table("paper_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_access_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_paper_access_decision_id"))

    op.drop_table("paper_access")
    op.drop_table("decision_use")
    op.drop_table("assurance")
    op.drop_table("delegation_delegate")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_resolution_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("forward_plan_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forward_plan_entry_procurement_id"))

    op.drop_table("forward_plan_entry")
    op.drop_table("procedure_rules")
    op.drop_table("post_name")
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_post_id"))
        batch_op.drop_index(batch_op.f("ix_cover_person_id"))

    op.drop_table("cover")
    op.drop_table("waiver_reason")
