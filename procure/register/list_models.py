"""Lists of contracts from outside, what each said of a contract, and how each source's columns are read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.models import Contract
from procure.people.models import Person, Post
from procure.register.list_rules.steps import ListState
from procure.rows import REFERENCE, Base, one_of


class ContractList(Base):
    """A list somebody brings in. Not recorded: what comes of it is an act, in the chain of its reference.

    `columns` is how it is read, as JSON: our word to the place of the column. `kept_under` is where the dry run keeps
    what it found: what would be done, what is doubtful, the rows to be mended. `counts` is its sum as JSON.
    """

    __tablename__ = "contract_list"

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    file_name: Mapped[str]
    file_key: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    source: Mapped[str]
    sheet: Mapped[str] = mapped_column(default="")
    columns: Mapped[str] = mapped_column(default="{}")
    are_own_words: Mapped[bool] = mapped_column(default=False)
    default_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    take_theirs: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ListState] = mapped_column(one_of(ListState), default=ListState.CHOSEN)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    problem: Mapped[str] = mapped_column(default="")
    counts: Mapped[str] = mapped_column(default="{}")
    kept_under: Mapped[str] = mapped_column(default="")

    asked_by: Mapped[Person | None] = relationship()
    default_post: Mapped[Post | None] = relationship()


class Listed(Base):
    """What a list last said of a contract: `said` is a digest of the row, `facts` what was written from it, as JSON.

    Against it a later list is compared: only what the list itself changed is changed here, and what a person has put
    right meanwhile is not overwritten unawares.
    """

    __tablename__ = "listed"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("contract_list.id"), index=True)
    row_number: Mapped[int]
    said: Mapped[str]
    facts: Mapped[str]

    contract: Mapped[Contract] = relationship()


class ListColumns(Base):
    """How the columns of one source are read, remembered for its next list. `headings` is a digest of its headings."""

    __tablename__ = "list_columns"
    __table_args__ = (UniqueConstraint("headings"),)

    headings: Mapped[str]
    source: Mapped[str]
    columns: Mapped[str]
    default_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    used_at: Mapped[datetime]
