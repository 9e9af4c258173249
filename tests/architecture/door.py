"""How code asks for rows of clients' records: what the test beside it looks for."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .floors import ROOT, modules

RECORDS = {
    "AccessRow", "AddedLine", "AgreedChange", "AgreedLine", "Appointment", "Assignment", "Attachment", "Brought",
    "CheckIn", "ChecklistTick", "Clearance", "ConnectionCheckIn", "ConnectionDraft", "Consent", "Correction",
    "Draft", "DraftKey", "EmergencyContact", "Entry", "EntryPart", "EntryRevision", "Erasure", "Export",
    "ExportPiece", "Flag", "FlagStep", "Guess", "Heard", "Intention", "LegalHold", "Note", "NoteVersion",
    "PickedSymptom", "PlanDraft", "PlanPicture", "PlanVersion", "PracticeAside", "PracticeChoices", "PracticeDone",
    "PracticePick", "PromptSkip", "QuietChoice", "QuietHello", "Response", "Routine", "RoutineChange",
    "RoutineMark", "SafetyPlan", "ShareChange", "ShareWish", "SoonerOffer", "SoonerWish", "TrustedPerson", "Typed",
    "Walk", "WeekWord",
}  # fmt: skip
MANAGERS = {"objects", "_default_manager", "_base_manager"}
NAMING = {
    "readable_in",
    "own_in",
    "handed_over_in",
    "written_by",
    "deleted_by",
    "of",
    "of_client",
    "of_therapist",
    "of_clinic",
    "with_person",
    "in_calendar_of",
}
BY_WHOM = {"client", "client_id", "entry", "entry__client", "request"}
FETCHERS = {"get_object_or_404", "get_list_or_404"}
DOORS = {"open_record", "open_as_seen_by", "open_caseload", "opened"}


@dataclass(frozen=True)
class Question:
    """One place where rows of a record are asked for."""

    place: str
    model: str
    line: int
    names_somebody: bool


def watched() -> Iterator[tuple[str, str]]:
    """Modules that answer people: all of today, care and desk, and views everywhere. The demo's seeds are no answer."""
    for file in modules():
        path = file.relative_to(ROOT)
        room = path.parts[:2]
        answers = room in {("koru", "care"), ("koru", "desk"), ("koru", "today")} or "views" in path.stem
        if answers and "seeding" not in path.parts and "migrations" not in path.parts:
            yield ".".join(path.with_suffix("").parts), file.read_text()


def questions(module: str, code: str) -> Iterator[Question]:
    tree = ast.parse(code)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and name_of(node.value) in RECORDS:
            place = f"{module}.{function_around(node, above)}"
            yield Question(place, name_of(node.value), node.lineno, any(map(names_somebody, calls_upon(node, above))))
        if isinstance(node, ast.Call) and name_of(node.func) in FETCHERS and node.args and name_of(node.args[0]) in RECORDS:
            place = f"{module}.{function_around(node, above)}"
            yield Question(place, name_of(node.args[0]), node.lineno, names_somebody(node))


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def function_around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> str:
    while node in above:
        node = above[node]
        if isinstance(node, ast.FunctionDef):
            return node.name
    return "-"


def calls_upon(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.Call]:
    """The methods called one after the other on a manager: `.filter(…).first()`."""
    while isinstance(node, ast.Attribute | ast.Call):
        over = above.get(node)
        if isinstance(over, ast.Call) and over.func is not node:
            return
        if isinstance(over, ast.Call):
            yield over
        if over is None:
            return
        node = over


def names_somebody(call: ast.Call) -> bool:
    """A keyword that names a client or what is theirs, given something; or one of the questions that take a person."""
    by = {one.arg for one in call.keywords if not (isinstance(one.value, ast.Constant) and one.value.value is None)}
    return bool(by & BY_WHOM) or name_of(call.func) in NAMING


def pages_without_a_door(module: str, code: str) -> list[str]:
    """Views about a client or a client's appointment that open no record, themselves or by a function beside them."""
    functions = [node for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)]
    doors = DOORS | {one.name for one in functions if not one.decorator_list and DOORS & set(called_in(one))}
    views = (one for one in functions if one.decorator_list)
    about = (view for view in views if {"client_id", "appointment_id"} & {one.arg for one in view.args.args})
    return [f"{module}.{view.name}" for view in about if not doors & set(called_in(view))]


def called_in(view: ast.FunctionDef) -> Iterator[str]:
    yield from (name_of(node.func) for node in ast.walk(view) if isinstance(node, ast.Call))
