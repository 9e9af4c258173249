from django.urls import path

from . import plan_ending_views, plan_rhythm_views, plan_views, practice_views, typing_views

urlpatterns = [
    path("<uuid:client_id>/plan/", plan_views.plan, name="plan"),
    path("<uuid:client_id>/plan/<uuid:symptom_id>/retire/", plan_ending_views.retire_symptom, name="retire_symptom"),
    path("<uuid:client_id>/plan/items/", plan_views.propose, name="propose_item"),
    path("<uuid:client_id>/plan/items/typed/", typing_views.plan, {"form_name": "own"}, name="own_typed"),
    path("<uuid:client_id>/plan/items/<uuid:item_id>/agree/", plan_ending_views.agree_item, name="agree_item"),
    path("<uuid:client_id>/plan/items/<uuid:item_id>/retire/", plan_ending_views.retire_item, name="retire_item"),
    path("<uuid:client_id>/plan/write/", plan_views.choose, name="choose"),
    path("<uuid:client_id>/plan/write/typed/", typing_views.plan, {"form_name": "choose"}, name="choose_typed"),
    path("<uuid:client_id>/plan/write/<uuid:assigned_id>/take-back/", plan_ending_views.take_back, name="take_back"),
    path("<uuid:client_id>/plan/practices/", practice_views.pick_practice, name="pick_practice"),
    path("<uuid:client_id>/plan/practices/typed/", typing_views.plan, {"form_name": "practise"}, name="practice_typed"),
    path("<uuid:client_id>/plan/practices/<uuid:pick_id>/take-back/", practice_views.end_pick, name="end_pick"),
    path("<uuid:client_id>/plan/depth/", plan_views.set_depth, name="set_depth"),
    path("<uuid:client_id>/plan/stage/", plan_views.set_stage, name="set_stage"),
    path("<uuid:client_id>/plan/stage/take-back/", plan_rhythm_views.take_back_spacing, name="take_back_spacing"),
    path("<uuid:client_id>/plan/stage/sooner/", plan_rhythm_views.sooner_seen, name="sooner_seen"),
    path("<uuid:client_id>/plan/rhythm/", plan_rhythm_views.suggest_fewer, name="suggest_fewer"),
    path("<uuid:client_id>/plan/rhythm/take-back/", plan_rhythm_views.take_back_fewer, name="take_back_fewer"),
    path("<uuid:client_id>/plan/measures/", plan_views.add_measure, name="add_measure"),
    path("<uuid:client_id>/plan/measures/course/", plan_views.add_course, name="add_course"),
    path("<uuid:client_id>/plan/measures/<uuid:assignment_id>/end/", plan_ending_views.end_measure, name="end_measure"),
]
