"""What is done about people: joining and signing in, who they are, the posts they hold, the roles they are given."""

from procure.people.actions.covers import CoverRefused, NotYoursToCover, end_cover, may_set_cover, set_cover
from procure.people.actions.joining import (
    CodeWrong,
    KeyNotGood,
    PasswordRefused,
    change_password,
    first_code,
    invite,
    reset_code,
    send_key,
    send_key_to,
    set_password,
    set_up_code,
    set_up_council,
)
from procure.people.actions.names import NameRefused, PostRefused, add_alias, remove_alias, rename
from procure.people.actions.persons import AddressTaken, correct, leave, person_at, return_
from procure.people.actions.posts import (
    add_post,
    appoint,
    change_post,
    end_holding,
    end_post,
    name_successor,
    take_post_up_again,
)
from procure.people.actions.roles import RoleRefused, end_role, grant_role

__all__ = [
    "AddressTaken",
    "CodeWrong",
    "CoverRefused",
    "KeyNotGood",
    "NameRefused",
    "NotYoursToCover",
    "PasswordRefused",
    "PostRefused",
    "RoleRefused",
    "add_alias",
    "add_post",
    "appoint",
    "change_password",
    "change_post",
    "correct",
    "end_cover",
    "end_holding",
    "end_post",
    "end_role",
    "first_code",
    "grant_role",
    "invite",
    "leave",
    "may_set_cover",
    "name_successor",
    "person_at",
    "remove_alias",
    "rename",
    "reset_code",
    "return_",
    "send_key",
    "send_key_to",
    "set_cover",
    "set_password",
    "set_up_code",
    "set_up_council",
    "take_post_up_again",
]
