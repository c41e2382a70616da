"""What is done about people: joining and signing in, who they are, the posts they hold, the roles they are given."""

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
from procure.people.actions.persons import AddressTaken, correct, leave, person_at, return_
from procure.people.actions.posts import (
    PostRefused,
    add_post,
    appoint,
    change_post,
    end_holding,
    end_post,
    take_post_up_again,
)
from procure.people.actions.roles import RoleRefused, end_role, grant_role

__all__ = [
    "AddressTaken",
    "CodeWrong",
    "KeyNotGood",
    "PasswordRefused",
    "PostRefused",
    "RoleRefused",
    "add_post",
    "appoint",
    "change_password",
    "change_post",
    "correct",
    "end_holding",
    "end_post",
    "end_role",
    "first_code",
    "grant_role",
    "invite",
    "leave",
    "person_at",
    "reset_code",
    "return_",
    "send_key",
    "send_key_to",
    "set_password",
    "set_up_code",
    "set_up_council",
    "take_post_up_again",
]
