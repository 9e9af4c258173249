"""The sheet of paper that a plan is written on: its form, what was typed before, and what somebody else has kept meanwhile."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse, QueryDict

from koru.moments.directions import neither
from koru.people.models import Person

from . import plan_drafts
from .plan_drafts import Typed
from .plan_forms import PlanForm
from .plan_reading import PlanView
from .plan_words import Change, changed
from .plans import PlanDraft, PlanVersion


@dataclass(frozen=True, slots=True)
class Sheet:
    """`theirs`: the plan as somebody else has kept it since this form was opened, to be read beside it."""

    form: PlanForm
    plan: PlanView
    theirs: PlanView | None = None
    draft: PlanDraft | None = None

    @classmethod
    def opened(cls, client: Person, by: Person, plan: PlanView, draft_id: str, *, kind: type[PlanForm] = PlanForm) -> "Sheet":
        """With what was typed and not kept yet, when there is something; else with the plan as it stands."""
        draft = draft_named(client, by, draft_id)
        hides = plan.matters_own and by.pk != client.pk
        if draft is None:
            return cls(kind(None, plan.words, hides_matters=hides, initial={"base": plan.number}), plan)
        started = {"base": draft.base, "key": draft.key, "revision": draft.revision}
        theirs = plan if draft.base != plan.number else None
        return cls(kind(None, draft.lines, hides_matters=hides, initial=started), plan, theirs, draft)

    @classmethod
    def again(cls, form: PlanForm, plan: PlanView, draft: PlanDraft | None, met: PlanVersion | None = None) -> "Sheet":
        """The form as it was sent. After meeting another version it goes on from that, with both on the page."""
        sent = QueryDict(mutable=True)
        for name in form.data:
            sent[name] = form.data[name]
        if draft:
            sent["key"], sent["revision"] = str(draft.key), str(draft.revision)
        if met:
            sent["base"] = str(met.number)
        form.data = sent
        return cls(form, plan, plan if met else None, draft)

    def others(self, client: Person, by: Person) -> list[PlanDraft]:
        """Other versions that were typed and not kept yet."""
        here = self.draft.pk if self.draft else None
        return [draft for draft in PlanDraft.objects.of(client, by) if draft.pk != here]


def draft_named(client: Person, by: Person, draft_id: str) -> PlanDraft | None:
    """The one that is asked for, else the newest."""
    drafts = list(PlanDraft.objects.of(client, by))
    return next((draft for draft in drafts if str(draft.pk) == draft_id), drafts[0] if drafts else None)


@neither
def saved(client: Person, form: PlanForm, change: Change | None, *, by: Person) -> PlanDraft | None:
    """Keep what is typed, after the change that a button asks for."""
    typed = form.unfinished
    words = changed(typed.words, change) if change else typed.words
    return plan_drafts.save(client, Typed(words, typed.key, typed.base, typed.revision), by=by)


def told(form: PlanForm, draft: PlanDraft | None) -> HttpResponse:
    """What the page has to know of a save: 409 when its words went into a draft of their own."""
    if draft is None:
        return JsonResponse({"kept": False, "revision": 0, "other": None})
    answer = {
        "kept": False, "revision": draft.revision, "key": str(draft.key), "saved_at": draft.saved_at.isoformat(), "other": None,
    }  # fmt: skip
    apart = draft.key != form.cleaned_data["key"]
    return JsonResponse(answer, status=409 if apart else 200)
