from django.urls import path

from .first_help_views import ask, call_me, first_help, step
from .plan_edit_views import discard, edit, save_draft
from .plan_picture_views import file, picture, take_out
from .plan_views import copy, keep_last_part, looked_through, no_copy, plan, version, versions
from .views import help_now, help_worker

app_name = "safety"
urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("help-now/worker.js", help_worker, name="help_worker"),
    path("help-now/plan/", no_copy, name="plan_kept"),
    path("safety-plan/", plan, name="plan"),
    path("safety-plan/edit/", edit, name="plan_edit"),
    path("safety-plan/draft/", save_draft, name="plan_draft"),
    path("safety-plan/drafts/<uuid:plan_draft_id>/discard/", discard, name="plan_discard"),
    path("safety-plan/looked-through/", looked_through, name="plan_looked_through"),
    path("safety-plan/keep-last-part/", keep_last_part, name="plan_keep_last_part"),
    path("safety-plan/copy/", copy, name="plan_copy"),
    path("safety-plan/picture/", picture, name="plan_picture"),
    path("safety-plan/picture/file/", file, name="plan_picture_file"),
    path("safety-plan/picture/take-out/", take_out, name="plan_picture_take_out"),
    path("safety-plan/versions/", versions, name="plan_versions"),
    path("safety-plan/versions/<uuid:plan_version_id>/", version, name="plan_version"),
    path("ask-for-help/", ask, name="ask_for_help"),
    path("help-first/<uuid:flag_id>/", first_help, name="first_help"),
    path("help-first/<uuid:flag_id>/step/", step, name="first_help_step"),
    path("help-first/<uuid:flag_id>/call-me/", call_me, name="call_me"),
]
