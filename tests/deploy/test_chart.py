"""The chart, rendered: nobody's root, nothing written, no secret in it, one way in, migrations first."""

import json
from typing import Any

import kubernetes_validate
import pytest
from jsonschema import Draft7Validator

from koru.settings.environment import VARIABLES

from .rendering import CHART, rendered, values

SCHEMA = Draft7Validator(json.loads((CHART / "values.schema.json").read_text()))
ALL = rendered(backup={**values()["backup"], "enabled": True})
NAMED = {(one["kind"], one["metadata"]["name"]): one for one in ALL}


def pod_of(manifest: dict[str, Any]) -> Any:
    spec = manifest["spec"]
    return spec["jobTemplate"]["spec"]["template"]["spec"] if "jobTemplate" in spec else spec["template"]["spec"]


PODS = {name: pod_of(one) for (kind, name), one in NAMED.items() if kind in ("Deployment", "Job", "CronJob")}


def test_all_that_runs_is_there() -> None:
    assert set(PODS) == {f"clinic-{one}" for one in ("web", "worker", "beat", "migrate", "backup")}
    kinds = {kind for kind, _ in NAMED}
    assert kinds == {"Deployment", "Job", "CronJob", "Service", "PodDisruptionBudget", "NetworkPolicy"}
    assert len(rendered()) == len(ALL) - 1


@pytest.mark.parametrize("name", NAMED, ids="-".join)
def test_kubernetes_knows_every_word_of_it(name: tuple[str, str]) -> None:
    kubernetes_validate.validate(NAMED[name], kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_nobody_and_writes_nowhere_but_where_it_says(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    volumes = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes


@pytest.mark.parametrize("name", PODS)
def test_settings_are_known_and_secrets_come_from_elsewhere(name: str) -> None:
    (container,) = PODS[name]["containers"]
    given = {one["name"]: one["value"] for one in container["env"]}
    assert set(given) <= {variable.name for variable in VARIABLES}
    assert not {"KORU_KEK", "KORU_SECRET_KEY", "DATABASE_URL", "KORU_MAIL_URL"} & set(given)
    assert container["envFrom"] == [{"secretRef": {"name": "koru"}}]
    parsed = {variable.name: variable.parse for variable in VARIABLES if variable.name != "KORU_KEK_FILE"}
    for variable, value in given.items():
        parsed.get(variable, str)(value)


def test_the_web_is_asked_how_it_is_and_replaced_without_a_gap() -> None:
    web = NAMED["Deployment", "clinic-web"]["spec"]
    (container,) = web["template"]["spec"]["containers"]
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)
    assert web["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert web["selector"]["matchLabels"] == web["template"]["metadata"]["labels"]
    service = NAMED["Service", "clinic-web"]["spec"]
    assert service["selector"] == web["selector"]["matchLabels"]
    assert service["ports"][0]["targetPort"] in {port["name"] for port in container["ports"]}
    assert NAMED["PodDisruptionBudget", "clinic-web"]["spec"]["selector"]["matchLabels"] == service["selector"]


def test_one_beat_and_never_two() -> None:
    beat = NAMED["Deployment", "clinic-beat"]["spec"]
    assert (beat["replicas"], beat["strategy"]) == (1, {"type": "Recreate"})


def test_a_worker_may_end_what_it_is_doing() -> None:
    assert PODS["clinic-worker"]["terminationGracePeriodSeconds"] > 300  # the longest a job may take


def test_migrations_come_before_what_needs_them() -> None:
    job = NAMED["Job", "clinic-migrate"]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert "migrate" in PODS["clinic-migrate"]["containers"][0]["command"]


def test_nobody_comes_in_but_from_the_proxy_to_the_web() -> None:
    shut, web = (NAMED["NetworkPolicy", name]["spec"] for name in ("clinic", "clinic-web"))
    assert shut["policyTypes"] == ["Ingress", "Egress"]
    assert shut["ingress"] == []
    assert len(web["ingress"]) == 1
    assert web["ingress"][0]["ports"] == [{"port": 8000, "protocol": "TCP"}]


def test_a_backup_keeps_the_keys_elsewhere() -> None:
    claims = {one["name"]: one.get("persistentVolumeClaim") for one in PODS["clinic-backup"]["volumes"]}
    assert claims["backups"] != claims["keys"]
    assert "--keys /keys/" in PODS["clinic-backup"]["containers"][0]["command"][-1]


def test_the_values_are_what_their_schema_says() -> None:
    Draft7Validator.check_schema(SCHEMA.schema)
    assert list(SCHEMA.iter_errors(values())) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"publicUrl": "http://koru.example.org"},
        {"publicUrl": 3},
        {"image": {"name": "koru", "tag": "latest"}},
        {"web": {**values()["web"], "replicas": 0}},
        {"web": {**values()["web"], "memory": "lots"}},
        {"kek": "c2VjcmV0"},
        {"backup": {"enabled": True}},
        {"trustedProxies": True},
    ],
    ids=str,
)
def test_odd_values_are_refused_by_it(odd: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(values(**odd)))
