"""Pages of reading a decision: published words go in, a person checks what was read, and only then it is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from procure.authority import reading_actions as actions
from procure.authority.meeting_forms import NO, YES
from procure.authority.meeting_room import CLERKS, meeting_of, pages, posts_to_choose, show
from procure.authority.meeting_views import FACTS_OF_A_MEETING
from procure.authority.minutes import read
from procure.authority.power import the_council
from procure.authority.reading.facts import Reading
from procure.authority.reading.marks import marked
from procure.authority.reading.sources import CannotRead, Source, from_file, pasted
from procure.authority.reading_filling import NEW, Filled, checked, fill
from procure.authority.reading_forms import CheckForm, ReadForm
from procure.authority.reading_models import DecisionSource
from procure.council.facts import call_in_days_on
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.finding import all_posts, names_of
from procure.procurement.access import procurement_for, readable
from procure.refusals import Refusal
from procure.saving import save, status_of

MOST_IN_A_FORM = 18 * 1024 * 1024
NOTHING_DECIDED = (
    "We found no decision in this text: no line that agrees, approves, notes or delegates something. Paste the minute "
    "with its resolutions, or record the decision by hand."
)
ONLY_RECALLED = (
    "This text only recalls an earlier decision of {body} and gives nobody a power itself. Paste that decision instead."
)
_LONG = ("meetings.read_decision", "meetings.confirm_reading")


@pages.url_value_preprocessor
def room_for_minutes(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Minutes may be longer than a form usually is. Set before anything reads the form."""
    if endpoint in _LONG:
        request.max_content_length = request.max_form_memory_size = MOST_IN_A_FORM


@pages.route("/meetings/read", methods=["GET", "POST"])
@enter(*CLERKS)
def read_decision() -> Any:
    """Paste or upload a decision as it was published."""
    form = ReadForm()
    if form.validate_on_submit():
        try:
            source, name, file_digest = _sent(form)
            reading = read(source.text)
            _refuse_nothing(reading)
            return _page_to_check(reading, _seal(source.text, name, file_digest), source.doubt)
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field or "text")
    return show("read", form, file=request.values.get("procurement", ""))


def _sent(form: ReadForm) -> tuple[Source, str, str]:
    """The text that came, what it was called, and the digest of its file."""
    upload, text = form.upload.data, form.text.data
    if upload and text:
        raise CannotRead("Paste the decision or choose a file, not both.", field="upload")
    if upload:
        content = upload.read()
        try:
            return from_file(upload.filename, content), upload.filename[:250], hashlib.sha256(content).hexdigest()
        except CannotRead as refusal:
            raise CannotRead(refusal.sentence, field="upload") from refusal
    if not text:
        raise CannotRead("Paste the decision, or choose a file.", field="text")
    return pasted(text), "", ""


def _refuse_nothing(reading: Reading) -> None:
    if reading.resolutions:
        return
    if reading.recitals:
        raise CannotRead(ONLY_RECALLED.format(body=reading.recitals[0].body), field="text")
    raise CannotRead(NOTHING_DECIDED, field="text")


# ── checking ──


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], "published words of a decision")


def _seal(text: str, name: str, file_digest: str) -> str:
    """What the file was, sealed to the text that was taken from it."""
    return str(_signer().dumps([hashlib.sha256(text.encode("utf-8")).hexdigest(), name, file_digest]))


def _unsealed(form: CheckForm) -> actions.PublishedWords:
    """The text as it was read. Refused where it was changed on the way."""
    text = form.source.data or ""
    try:
        digest, name, file_digest = _signer().loads(form.seal.data or "")
    except (BadSignature, ValueError) as wrong:
        raise CannotRead("The text has been lost on the way. Paste the decision again.") from wrong
    if digest != hashlib.sha256(text.encode("utf-8")).hexdigest():
        raise CannotRead("The text has been changed on the way. Paste the decision again.")
    return actions.PublishedWords(text, name, file_digest)


def _page_to_check(reading: Reading, seal: str, doubt: str = "") -> Any:
    filled = _filled(reading)
    values = filled.values | {"source": reading.text, "seal": seal, "procurement": request.values.get("procurement")}
    days = call_in_days_on(reading.meeting_on.value if reading.meeting_on else today())
    values["call_in_days"] = 0 if reading.call_in is not None and not reading.call_in.value else days
    if reading.key_decision is not None:
        values["is_key"] = YES if reading.key_decision.value else NO
    return _shown(CheckForm(formdata=None, **values), reading, filled, doubt)


def _filled(reading: Reading) -> Filled:
    posts = all_posts()
    standing = {post.id: post.heir_on(today()).id for post in posts}
    council = the_council()
    return fill(reading, names_of(posts), standing, council.executive_name if council else "")


def _shown(form: CheckForm, reading: Reading, filled: Filled, doubt: str = "") -> Any:
    _offer(form, filled)
    text = marked(reading.text, filled.wanted, filled.decided)
    page, _ = show("check_reading", form, text=text, doubts=filled.doubts, doubt=doubt, kept=reading)
    return page, status_of(form)


def _offer(form: CheckForm, filled: Filled) -> None:
    """Put the posts into every list of posts, those to create among them, and the files into theirs."""
    named = dict.fromkeys(filled.printed if form.is_submitted() else filled.unknown)
    posts = [(f"{NEW}{name}", f"Create “{name}”") for name in named] + posts_to_choose()
    form.procurement.choices = [
        (one.reference, f"{one.reference} {one.title}") for one in readable(signed_in(), today())
    ]
    for row in form.resolutions:
        row.form.post_id.choices = posts
        if not form.is_submitted() and row.form.post_id.data and len(row.form.consultees) < 12:
            row.form.consultees.append_entry()
        for one in (*row.form.others, *row.form.consultees):
            one.form.post_id.choices = posts


@pages.route("/meetings/read/confirm", methods=["GET", "POST"])
@enter(*CLERKS)
def confirm_reading() -> Any:
    """Record the decision as it was checked."""
    if request.method == "GET":
        return redirect(url_for(".read_decision"))
    form = CheckForm()
    try:
        source = _unsealed(form)
    except CannotRead as refusal:
        again = ReadForm(formdata=None, text=form.source.data)
        again.refuse(refusal.sentence, "text")
        return show("read", again, file="")
    reading = read(source.words)
    filled = _filled(reading)
    _offer(form, filled)
    made: list[str] = []
    if save(form, lambda: made.append(_recorded(form, source)), file="council"):
        flash("The decision is recorded, with the words it was read from.", "message")
        return redirect(url_for(".meeting", reference=made[0]))
    return _shown(form, reading, filled)


def _recorded(form: CheckForm, source: actions.PublishedWords) -> str:
    person, day = signed_in(), today()
    file = procurement_for(person, str(form.procurement.data), day) if form.procurement.data else None
    facts = {name: form[name].data for name in FACTS_OF_A_MEETING}
    words = {"item", "introduced_by", "background", "reasons", "alternatives", "interests"}
    facts |= {name: facts[name] or "" for name in words}
    facts["consultation"] = "\n".join(form.consultation.data or ())
    facts["is_key"] = form.is_key.data == YES
    meeting = actions.confirm(
        source, checked(form, file), by=person, at=now(), published_on=form.published_on.data, **facts
    )
    return meeting.reference


@pages.get("/meetings/<reference>/source")
@enter()
def source_of_meeting(reference: str) -> Any:
    """The published words that a decision was read from, as they came."""
    found = meeting_of(reference)
    kept = db.first_or_404(select(DecisionSource).where(DecisionSource.meeting_id == found.id))
    return show("source", meeting=found, source=kept)
