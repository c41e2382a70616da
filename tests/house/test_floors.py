"""Imports run downwards: entrances, actions, rows, rules, ground. The offending line is named."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "procure"

GROUND = {"law", "words", "choices", "folding", "pictures", "refusals"}
FOUNDATIONS = {
    "council", "people", "suppliers", "audit", "documents", "mail", "jobs", "budget", "authority", "notices",
    "procurement",
}  # fmt: skip
STAGES = ("appraisal", "approval", "tender", "evaluation", "award", "contract")
OUTER = {"reminder", "register", "desk", "demonstration"}
ENTRANCE_MODULES = {"app", "cli", "clock", "errors", "frame", "now", "backup", "databases", "tables", "docs"}

RULES, ROWS, ACTIONS, ENTRANCE = 1, 2, 3, 4
FLOOR_OF_FILE = {
    "rules": RULES, "stages": RULES, "call_in": RULES, "declare": RULES, "dialect": RULES, "door": RULES, "gaps": RULES,
    "emphasis": RULES, "places": RULES,
    "kinds": RULES, "marking": RULES, "masters": RULES, "package": RULES, "pdf": RULES, "reading": RULES,
    "registry": RULES, "render": RULES, "shared_facts": RULES, "house_style": RULES, "documents/tables": RULES,
    "problems": RULES, "paragraphs": RULES, "suggesting": RULES, "safety": RULES, "merge_fields": RULES,
    "free_tags": RULES, "checking": RULES, "kept_facts": RULES, "dictionary": RULES,
    "template_models": ROWS, "template_facts": ROWS, "template_actions": ACTIONS, "template_forms": ENTRANCE,
    "template_views": ENTRANCE,
    "record_documents": ROWS, "record_sample": ROWS, "power_gathering": ROWS, "consulted_gathering": ROWS,
    "consultation_log_documents": ROWS, "report_back_documents": ROWS, "report_back_gathering": ROWS,
    "register_documents": ROWS, "register_gathering": ROWS, "withholding": ROWS,
    "reading_models": ROWS, "reading_facts": ROWS, "reading_actions": ACTIONS, "reading_forms": ENTRANCE,
    "reading_filling": ENTRANCE, "reading_views": ENTRANCE,
    "log_actions": ACTIONS, "record_actions": ACTIONS,
    "models": ROWS, "facts": ROWS, "documents": ROWS, "emails": ROWS, "gathering": ROWS, "access": ROWS,
    "pack_rules": RULES, "pack_models": ROWS, "pack_facts": ROWS, "pack_actions": ACTIONS, "pack_views": ENTRANCE,
    "pack_forms": ENTRANCE, "recommendation_documents": ROWS,
    "recommendation_actions": ACTIONS, "recommendation_gathering": ROWS,
    "answers": ENTRANCE,
    "opening_rules": RULES, "timetable_rules": RULES, "timetable_models": ROWS, "timetable_facts": ROWS,
    "timetable_actions": ACTIONS, "timetable_forms": ENTRANCE, "timetable_views": ENTRANCE,
    "programme_rules": RULES, "programme_models": ROWS, "programme_facts": ROWS, "programme_actions": ACTIONS,
    "programme_forms": ENTRANCE, "programme_views": ENTRANCE,
    "question_rules": RULES, "question_models": ROWS, "question_actions": ACTIONS, "question_forms": ENTRANCE,
    "question_views": ENTRANCE,
    "jobs": ACTIONS, "results": ROWS, "watching": ACTIONS,
    "forward_plan_rules": RULES, "forward_plan_documents": ROWS, "forward_plan_gathering": ROWS,
    "forward_plan_views": ENTRANCE, "forward_plan_forms": ENTRANCE,
    "forward_plan_models": ROWS, "forward_plan_facts": ROWS, "forward_plan_actions": ACTIONS,
    "publishing_models": ROWS, "waiver_models": ROWS,
    "regime_rules": RULES, "regime_actions": ACTIONS, "regime_forms": ENTRANCE, "regime_views": ENTRANCE,
    "council/law": ROWS, "figure_actions": ACTIONS, "figure_forms": ENTRANCE, "figure_views": ENTRANCE,
    "procedure_actions": ACTIONS, "procedure_forms": ENTRANCE, "procedure_views": ENTRANCE,
    "scheme_facts": ROWS, "scheme_actions": ACTIONS, "scheme_forms": ENTRANCE, "scheme_views": ENTRANCE,
    "waiver_facts": ROWS, "waiver_actions": ACTIONS, "waiver_forms": ENTRANCE, "waiver_views": ENTRANCE,
    "preparing_facts": ROWS, "preparing_actions": ACTIONS, "preparing_forms": ENTRANCE, "assuring_actions": ACTIONS,
    "use_facts": ROWS, "use_actions": ACTIONS, "mandate": ROWS,
    "power": ROWS, "question": ROWS, "signature": ROWS, "following": ROWS, "meeting_facts": ROWS,
    "decision_effect": ROWS, "after_signing": ROWS, "call_in_facts": ROWS, "publishing_facts": ROWS,
    "publishing_rules": RULES, "publishing_actions": ACTIONS, "publishing_forms": ENTRANCE,
    "publishing_views": ENTRANCE,
    "call_in_actions": ACTIONS, "call_in_letters": ACTIONS, "call_in_forms": ENTRANCE, "call_in_views": ENTRANCE,
    "delegating": ACTIONS, "follow_up_actions": ACTIONS, "follow_up_views": ENTRANCE, "meeting_room": ENTRANCE,
    "power_forms": ENTRANCE,
    "life_rules": RULES, "term_rules": RULES, "life_models": ROWS, "life_facts": ROWS, "rolling": ACTIONS,
    "taking_over": ROWS, "term_actions": ACTIONS, "life_actions": ACTIONS, "change_actions": ACTIONS,
    "life_forms": ENTRANCE,
    "paper_rules": RULES, "paper_models": ROWS, "paper_facts": ROWS, "paper_actions": ACTIONS,
    "paper_forms": ENTRANCE,
    "lineage": ROWS, "lineage_rules": RULES, "lineage_picture": RULES, "before": ROWS,
    "starting_facts": ROWS, "starting_actions": ACTIONS, "starting_views": ENTRANCE,
    "cover_rules": RULES, "name_rules": RULES, "finding": ROWS,
    "power_register": ROWS, "reporting": ROWS, "contract_reporting": ROWS, "report_views": ENTRANCE,
    "bulk": ACTIONS, "list_rules": RULES, "list_models": ROWS, "list_actions": ACTIONS, "list_forms": ENTRANCE,
    "list_views": ENTRANCE, "list_facts": ROWS, "list_jobs": ACTIONS,
    "columns": ROWS, "searching": ROWS, "recording": ROWS, "history": ROWS, "sentences": ROWS, "verifying": ROWS,
    "actions": ACTIONS, "meeting_actions": ACTIONS, "power_actions": ACTIONS, "consulting_actions": ACTIONS,
    "ending_actions": ACTIONS, "signing_actions": ACTIONS, "chasing": ACTIONS, "drafting": RULES, "naming": ROWS,
    "letters": ACTIONS, "sending": ACTIONS, "sessions": ACTIONS, "codes": ACTIONS, "passwords": RULES,
    "reminder/keys": ROWS, "recipients": ROWS, "due": ROWS,
    "composing": ACTIONS, "queueing": ACTIONS, "planning": ACTIONS, "asking": ACTIONS, "answering": ACTIONS,
    "choosing": ACTIONS, "calendars": ROWS,
    "storage": ROWS, "sweeping": ACTIONS, "scanning": ROWS, "bid_files": ROWS, "case_file": ACTIONS,
    "case_file_jobs": ACTIONS, "case_file_views": ENTRANCE, "sealing": RULES, "sealed_rules": RULES,
    "sealed_models": ROWS, "sealed_facts": ROWS, "exclusion_models": ROWS, "reopening_models": ROWS,
    "entering_actions": ACTIONS,
    "opener_actions": ACTIONS, "sealed_actions": ACTIONS, "opening_actions": ACTIONS, "sealed_forms": ENTRANCE,
    "sealed_views": ENTRANCE, "opening_views": ENTRANCE,
    "views": ENTRANCE, "forms": ENTRANCE, "meeting_views": ENTRANCE,
    "route_rules": RULES, "route_models": ROWS, "route_facts": ROWS, "route_actions": ACTIONS, "route_letters": ACTIONS,
    "direct_actions": ACTIONS, "route_forms": ENTRANCE, "duty_rules": RULES, "duty_facts": ROWS,
    "power_views": ENTRANCE, "meeting_forms": ENTRANCE, "picture": ENTRANCE,
}  # fmt: skip

FORBIDDEN_IN_RULES = ("flask", "sqlalchemy", "procure.extensions", "procure.rows", "procure.now")


def files() -> list[Path]:
    """All our modules."""
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, module) of everything a file imports while running; not what it needs for types only."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = [ast.Pass()]
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def room_of(module: str) -> str:
    """The room of a module: `procure.award.rules.X` is in `award`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "procure" else ""


def file_of(module: str) -> str:
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""


def shelf_of(path: Path) -> str:
    """The shelf of a module: its file, or the folder into which that file has been split."""
    parts = path.relative_to(PACKAGE).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def floor_of(room: str, shelf: str) -> int | None:
    """The floor of a shelf: its own in that room, where two rooms use one name for two things, else the usual one."""
    return FLOOR_OF_FILE.get(f"{room}/{shelf}", FLOOR_OF_FILE.get(shelf))


def told(path: Path, line: int, why: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {why}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    floor = RULES if room in GROUND else floor_of(room, shelf_of(path))
    offences = []
    for line, module in imports(path):
        other = room_of(module)
        target = floor_of(other, file_of(module)) or 0 if other not in GROUND else 0
        if floor == RULES and any(module.startswith(name) for name in FORBIDDEN_IN_RULES):
            offences.append(told(path, line, f"a rule may not know {module}"))
        if room in GROUND and other and other not in GROUND:
            offences.append(told(path, line, f"the ground may not know {module}"))
        if floor in (RULES, ROWS, ACTIONS) and target > floor:
            offences.append(told(path, line, f"looks up to {module}"))
        if floor == ACTIONS and target == ACTIONS and other != room:
            offences += _between_actions(path, line, room, other, module)
        if (
            floor == ENTRANCE
            and target == ENTRANCE
            and other not in (room, "")
            and file_of(module) in ("views", "forms")
        ):
            offences.append(told(path, line, f"knows another room's pages: {module}"))
    assert not offences, "\n".join(offences)


def _between_actions(path: Path, line: int, room: str, other: str, module: str) -> list[str]:
    if room in OUTER or other in FOUNDATIONS:
        return []
    if room in STAGES and other in STAGES and STAGES.index(other) == STAGES.index(room) + 1:
        return []
    return [told(path, line, f"{room} may not call {module}")]


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*/__init__.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_s_front_door_imports_nothing(path: Path) -> None:
    assert imports(path) == []
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "service", "misc", "base"])
def test_there_is_no_drawer(name: str) -> None:
    assert [path for path in PACKAGE.rglob("*") if path.stem == name] == []


def test_actions_never_read_the_clock_or_the_request() -> None:
    offences = []
    for path in PACKAGE.rglob("*actions.py"):
        for line, module in imports(path):
            if module in ("flask.request", "flask.session", "flask.g", "procure.now.now", "procure.now.today"):
                offences.append(told(path, line, f"an action may not know {module}"))
            if module.endswith(("access.signed_in", "access.current_person")):
                offences.append(told(path, line, f"an action may not know {module}"))
    assert not offences, "\n".join(offences)
