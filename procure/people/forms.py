"""What the pages of this room ask."""

from __future__ import annotations

from procure.fields.choices import PickFrom, PickMany, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, MailField, SecretField, WordsField
from procure.fields.page_form import PageForm
from procure.people.rules import Capacity, PostKind, Role

NEW = {"autocomplete": "new-password"}


class SignInForm(PageForm):
    email = MailField("Email address", required="Enter your email address", render_kw={"autocomplete": "username"})
    password = SecretField("Password", required="Enter your password")


class CodeForm(PageForm):
    code = LineField(
        "Code", required="Enter the code", most=20, render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"}
    )
    remember = TickField("Don’t ask on this browser for 30 days")


class SetUpCodeForm(PageForm):
    code = LineField(
        "Code shown by the app", required="Enter the code the app shows", most=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


class ForgottenForm(PageForm):
    email = MailField("Email address", required="Enter your email address", render_kw={"autocomplete": "username"})


class ChoosePasswordForm(PageForm):
    password = SecretField("Password", required="Enter a password", render_kw=NEW)


class ChangePasswordForm(PageForm):
    old = SecretField("Present password", required="Enter your present password")
    password = SecretField("New password", required="Enter a new password", render_kw=NEW)


class StartForm(PageForm):
    code = LineField("Code from the terminal", required="Enter the code printed in the terminal", most=40)
    council_name = LineField("Name of the council", required="Enter the name of the council")
    name = LineField("Your name", required="Enter your name", render_kw={"autocomplete": "name"})
    post_name = LineField("Your post", required="Enter your post", default="System Administrator")
    email = MailField("Your email address", required="Enter your email address", render_kw={"autocomplete": "username"})
    password = SecretField("Password", required="Enter a password", render_kw=NEW)


class InviteForm(PageForm):
    name = LineField("Name", required="Enter the person’s name")
    email = MailField("Email address", required="Enter the person’s email address")
    post_id = PickFrom("Post", choices=[], blank="No post yet")
    roles = PickMany("Roles for all files", choices=Role.choices())


class PersonForm(PageForm):
    name = LineField("Name", required="Enter the person’s name")
    email = MailField("Email address", required="Enter the person’s email address")


class LeaveForm(PageForm):
    because = WordsField("Why?", required="Say why the account is closed")


class AppointForm(PageForm):
    post_id = PickFrom("Post", choices=[], required="Choose a post")
    from_on = DayField("First day", required="Enter the first day")
    until_on = DayField("Last day, if it is known")
    capacity = PickOne(
        "How is the post held?", choices=Capacity.choices(), default=Capacity.SUBSTANTIVE.value,
        required="Choose how the post is held",
    )  # fmt: skip
    authority = LineField("Written authority")


class FillPostForm(PageForm):
    person_id = PickFrom("Who holds it", choices=[], required="Choose a person")
    from_on = DayField("First day", required="Enter the first day")
    until_on = DayField("Last day, if it is known")
    capacity = PickOne(
        "How is the post held?",
        choices=Capacity.choices(),
        default=Capacity.SUBSTANTIVE.value,
        required="Choose how the post is held",
    )
    authority = LineField("Written authority")


class EndHoldingForm(PageForm):
    until_on = DayField("Last day in the post", required="Enter the last day in the post")
    because = LineField("Why, for the record")


class RoleForm(PageForm):
    role = PickFrom("Role", choices=Role.choices(), required="Choose a role")
    reference = LineField("Only on one file", most=40)
    from_on = DayField("First day", required="Enter the first day")
    until_on = DayField("Last day, if it is known")


class PostForm(PageForm):
    name = LineField("Name of the post", required="Enter the name of the post")
    kind = PickOne(
        "What is it?", choices=PostKind.choices(), default=PostKind.OFFICER.value, required="Choose what the post is"
    )
    next_up_id = PickFrom("Post next up", choices=[], blank="None")


class EndPostForm(PageForm):
    ended_on = DayField("Last day of the post", required="Enter the last day of the post")
    successor_id = PickFrom("Does another post take over its powers?", choices=[], blank="No post takes them over")
    authority = LineField("Where is that written?")
    because = LineField("Why, for the record")


class SuccessorForm(PageForm):
    successor_id = PickFrom("Which post takes over its powers?", choices=[], required="Choose a post")
    authority = LineField("Where is that written?")


class RenameForm(PageForm):
    name = LineField("New name", required="Enter the new name")
    from_on = DayField("First day of the new name", required="Enter the first day of the new name")
    because = LineField("Why, for the record")


class AliasForm(PageForm):
    name = LineField("Other name", required="Enter the other name")


class CoverForm(PageForm):
    person_id = PickFrom("Who covers it", choices=[], required="Choose a person")
    from_on = DayField("First day of cover", required="Enter the first day of cover")
    until_on = DayField("Last day of cover", required="Enter the last day of cover")
    reason = LineField("Why", required="Say why the post is covered")
    authority = LineField("Written authority", required="Name the written authority for the cover")


class EndCoverForm(PageForm):
    until_on = DayField("Last day of cover", required="Enter the last day of cover")
    because = LineField("Why, for the record")


class EmptyForm(PageForm):
    """A button and nothing else."""
