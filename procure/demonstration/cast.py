"""The people of the demonstration council, by role. Posts serve as names where they can; all persons are example."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.council.models import Council, ProcedureRules, StandingTerms
from procure.demonstration import council_rules
from procure.demonstration.standing import STANDING
from procure.extensions import db
from procure.mail.sending import post_waiting
from procure.people.actions import set_cover
from procure.people.models import Holding, Person, Post, PostName, RoleGrant
from procure.people.rules import PostKind, Role

SET_UP = Machine("Demonstration")

DIRECTOR = "Director of Policy and Participation"
COMMUNITY = "Cabinet Member for Community Leadership and Engagement"
CARE = "Cabinet Member for Social Care and Health Integration"
FINANCE = "Chief Operating Officer"
LAW = "Director of Law and Governance"
OFFICER = "Procurement Officer"
MANAGER = "Contract Manager"
COMMISSIONING = "Head of Commissioning"
ENGAGEMENT = "Head of Participation and Engagement"
DEMOCRATIC = "Democratic Services Officer"
AUDITOR = "Internal Auditor"
ADMINISTRATOR = "System Administrator"
SCRUTINY = "Chair of the Overview and Scrutiny Committee"


@dataclass(frozen=True)
class Part:
    """One person: key, name, post, kind of post, the post above, global roles."""

    key: str
    name: str
    post: str
    kind: PostKind
    above: str | None
    roles: tuple[Role, ...]


# fmt: off
PARTS = (
    Part("director", "D. Director", DIRECTOR, PostKind.OFFICER, None,
         (Role.DECIDER, Role.SIGNATORY, Role.BUDGET_HOLDER)),
    Part("finance", "F. Finance", FINANCE, PostKind.OFFICER, None, (Role.FINANCE, Role.CONSULTEE)),
    Part("law", "L. Law", LAW, PostKind.OFFICER, None, (Role.LEGAL, Role.MONITORING_OFFICER, Role.CONSULTEE)),
    Part("commissioning", "R. Reviewer", COMMISSIONING, PostKind.OFFICER, DIRECTOR, (Role.BUDGET_HOLDER,)),
    Part("engagement", "S. Lead", ENGAGEMENT, PostKind.OFFICER, DIRECTOR, (Role.BUDGET_HOLDER,)),
    Part("officer", "A. Officer", OFFICER, PostKind.OFFICER, COMMISSIONING, (Role.OFFICER,)),
    Part("manager", "C. Manager", MANAGER, PostKind.OFFICER, COMMISSIONING, (Role.CONTRACT_MANAGER,)),
    Part("community", COMMUNITY, COMMUNITY, PostKind.MEMBER, None, (Role.CONSULTEE,)),
    Part("care", CARE, CARE, PostKind.MEMBER, None, (Role.CONSULTEE,)),
    Part("democratic", "P. Clerk", DEMOCRATIC, PostKind.OFFICER, LAW, (Role.DEMOCRATIC_SERVICES,)),
    Part("evaluator1", "Evaluator 1", "Community Development Manager", PostKind.OFFICER, ENGAGEMENT, (Role.EVALUATOR,)),
    Part("evaluator2", "Evaluator 2", "Commissioning Manager", PostKind.OFFICER, COMMISSIONING, (Role.EVALUATOR,)),
    Part("evaluator3", "Evaluator 3", "Public Health Officer", PostKind.OFFICER, COMMISSIONING, (Role.EVALUATOR,)),
    Part("moderator", "M. Moderator", "Category Manager", PostKind.OFFICER, COMMISSIONING, (Role.MODERATOR,)),
    Part("auditor", "I. Auditor", AUDITOR, PostKind.OFFICER, None, (Role.AUDITOR,)),
    Part("administrator", "T. Administrator", ADMINISTRATOR, PostKind.OFFICER, None, (Role.ADMINISTRATOR,)),
    Part("scrutiny", SCRUTINY, SCRUTINY, PostKind.MEMBER, None, ()),
)
# fmt: on


@dataclass(frozen=True)
class Cast:
    """Finds the demonstration's people and posts."""

    people: dict[str, Person]
    posts: dict[str, Post]

    def __getitem__(self, key: str) -> Person:
        """A person by key: `cast["officer"]`."""
        return self.people[key]

    def post(self, name: str) -> Post:
        """A post by its name: `cast.post(DIRECTOR)`."""
        return self.posts[name]


def email_of(key: str) -> str:
    """Where a demonstration person gets letters; the domain receives nothing."""
    return f"{key}@lbbd.example"


def set_up_council(*, at: datetime, since: date = date(2018, 4, 1)) -> Cast:
    """The council, its posts and their holders, roles, rules and scheme of delegation."""
    with act("set up the council", on="council", by=SET_UP, at=at):
        council = Council(
            name="London Borough of Barking and Dagenham", address="Town Hall, 1 Town Square, Barking IG11 7LU",
            procurement_email="procurement@lbbd.example", portal_name="the Council’s tender portal",
            portal_url="https://tenders.lbbd.example", is_example=True,
        )  # fmt: skip
        db.session.add(council)
        posts: dict[str, Post] = {}
        people: dict[str, Person] = {}
        for part in PARTS:
            posts[part.post] = Post(name=part.post, kind=part.kind)
            people[part.key] = Person(name=part.name, email=email_of(part.key), is_example=True)
            db.session.add_all([posts[part.post], people[part.key]])
        db.session.flush()
        for part in PARTS:
            posts[part.post].next_up = posts[part.above] if part.above else None
            db.session.add(Holding(post=posts[part.post], person=people[part.key], from_on=since))
            for role in part.roles:
                db.session.add(RoleGrant(person=people[part.key], role=role, from_on=since))
        _other_names(posts[ENGAGEMENT], since)
        council.monitoring_officer_post = posts[LAW]
        council.finance_officer_post = posts[FINANCE]
        _rules(posts, since)
    return the_cast()


def _other_names(post: Post, since: date) -> None:
    """A name the post had, and one it is also known by. Both example."""
    db.session.add(PostName(post=post, name="Head of Community Engagement", until_on=since - timedelta(days=1)))
    db.session.add(PostName(post=post, name="Head of Engagement"))


def autumn_cover(cast: Cast) -> None:
    """A fortnight in which one head of service covered the other. Example."""
    morning = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    set_cover(
        cast.post(COMMISSIONING), cast["engagement"], from_on=date(2026, 11, 2), until_on=date(2026, 11, 13),
        reason="Annual leave", authority="Memo of the Director of Policy and Participation, 26 October 2026 (example)",
        by=cast["commissioning"], at=morning,
    )  # fmt: skip
    post_waiting(morning)


def _rules(posts: dict[str, Post], since: date) -> None:
    """What the council's own papers and rules say."""
    db.session.add(StandingTerms(**STANDING, is_example=True))
    rules = ProcedureRules(
        from_on=date(2010, 4, 1), key_decision_gross=Decimal("500000"), call_in_days=5,
        call_in_by="The chair of the Overview and Scrutiny Committee, or any five members",
        scrutiny_name="Overview and Scrutiny Committee", scrutiny_days=10, scrutiny_chair_post=posts[SCRUTINY],
        seal_from_net=Decimal("250000"), source="Constitution (example)", is_example=True,
    )  # fmt: skip
    db.session.add(rules)
    council_rules.quote_bands(since)
    council_rules.waiver_reasons(since)
    council_rules.scheme(
        director=posts[DIRECTOR], finance=posts[FINANCE], law=posts[LAW],
        heads=(posts[COMMISSIONING], posts[ENGAGEMENT]), since=since,
    )  # fmt: skip


def the_cast() -> Cast:
    """The people and posts as they are in the database; nobody before the council is set up."""
    everybody = {person.email: person for person in db.session.scalars(select(Person))}
    posts = {post.name: post for post in db.session.scalars(select(Post))}
    found = {part.key: everybody[email_of(part.key)] for part in PARTS if email_of(part.key) in everybody}
    return Cast(found, posts)
