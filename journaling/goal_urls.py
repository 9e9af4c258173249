from django.urls import path

from . import goal_views

urlpatterns = [
    path("goals/", goal_views.goals, name="goals"),
    path("goals/<uuid:goal_id>/", goal_views.goal, name="goal"),
    path("goals/<uuid:goal_id>/words/", goal_views.reword, name="goal_words"),
    path("goals/<uuid:goal_id>/share/", goal_views.share, name="goal_share"),
    path("goals/<uuid:goal_id>/rest/", goal_views.rest, name="goal_rest"),
]
