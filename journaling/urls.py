from django.urls import path

from . import assigned_views, draft_views, entry_views, guide_views, intention_views, prompt_views, views, walk_views

app_name = "journaling"
urlpatterns = [
    path("journal/", views.entries, name="entries"),
    path("journal/new/", views.write, name="new"),
    path("journal/guides/", guide_views.guides, name="guides"),
    path("journal/guides/<slug:slug>/", guide_views.guide, name="guide"),
    path("journal/guides/<slug:slug>/begin/", guide_views.begin, name="begin"),
    path("journal/walks/<uuid:walk_id>/kept/", guide_views.keepsake, name="keepsake"),
    path("journal/walks/<uuid:walk_id>/<int:number>/", walk_views.step, name="walk_step"),
    path("journal/walks/<uuid:walk_id>/<int:number>/skip/", walk_views.skip, name="walk_skip"),
    path("journal/walks/<uuid:walk_id>/<int:number>/back/", walk_views.back, name="walk_back"),
    path("journal/walks/<uuid:walk_id>/<int:number>/leave/", walk_views.leave, name="walk_leave"),
    path("journal/walks/<uuid:walk_id>/<int:number>/not-today/", walk_views.not_today, name="walk_not_today"),
    path("journal/walks/<uuid:walk_id>/<int:number>/way/", walk_views.way, name="walk_way"),
    path("journal/intention/", intention_views.intention, name="intention"),
    path("journal/intentions/<uuid:intention_id>/rest/", intention_views.rest, name="rest"),
    path("journal/intentions/<uuid:intention_id>/take-up/", intention_views.take_up, name="take_up"),
    path("journal/way/", prompt_views.way, name="way"),
    path("journal/another/", prompt_views.another, name="another"),
    path("journal/not-today/", prompt_views.not_today, name="not_today"),
    path("journal/never/", prompt_views.never, name="never"),
    path("journal/skips/<uuid:skip_id>/undo/", prompt_views.take_back, name="take_back"),
    path("journal/chosen/<uuid:assigned_id>/decline/", assigned_views.decline, name="decline"),
    path("journal/draft/", draft_views.save, name="draft"),
    path("journal/drafts/<uuid:draft_id>/discard/", draft_views.discard, name="discard"),
    path("drafts/key/", draft_views.key, name="draft_key"),
    path("journal/<uuid:entry_id>/", entry_views.read, name="entry"),
    path("journal/<uuid:entry_id>/edit/", entry_views.edit, name="edit"),
    path("journal/<uuid:entry_id>/share/", entry_views.share, name="share"),
    path("journal/<uuid:entry_id>/delete/", entry_views.delete, name="delete"),
    path("journal/<uuid:entry_id>/undo/", entry_views.undo, name="undo"),
]
