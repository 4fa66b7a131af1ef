"""Runs Airflow's Airbyte hook, operator, sensor and trigger, unchanged, against a running server.

Usage: airflow_client.py PUBLIC_API_URL WAREHOUSE_FILE none|client [ID SECRET]
"""

import asyncio
import json
import os
import sys
import tempfile
import time

url, warehouse, mode = sys.argv[1:4]
user, secret = sys.argv[4:6] if mode == "client" else (None, None)
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(dir=os.path.dirname(warehouse))
os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "ERROR"
os.environ["AIRFLOW_CONN_AIRBYTE_DEFAULT"] = json.dumps(
    {"conn_type": "airbyte", "host": url, "login": user, "password": secret}
)

import airbyte_api
from airbyte_api import api, models
from airflow.providers.airbyte.hooks.airbyte import AirbyteHook
from airflow.providers.airbyte.operators.airbyte import AirbyteTriggerSyncOperator
from airflow.providers.airbyte.sensors.airbyte import AirbyteJobSensor
from airflow.providers.airbyte.triggers.airbyte import AirbyteSyncTrigger
from airflow.sdk.exceptions import TaskDeferred

ROWS = 50
ROWS_NEVER_DONE = 50_000_000
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 60


def sdk():
    if mode == "none":
        return airbyte_api.AirbyteAPI(server_url=url)
    login = models.SchemeClientCredentials(client_id=user, client_secret=secret)
    return airbyte_api.AirbyteAPI(
        server_url=url, security=models.Security(client_credentials=login)
    )


def make(client):
    workspaces = client.workspaces.list_workspaces(request=api.ListWorkspacesRequest())
    workspace = workspaces.workspaces_response.data[0].workspace_id
    source = client.sources.create_source(
        request=models.SourceCreateRequest(
            name="faker", workspace_id=workspace, configuration=models.SourceFaker(count=ROWS)
        )
    ).source_response.source_id
    destination = client.destinations.create_destination(
        request=models.DestinationCreateRequest(
            name="warehouse",
            workspace_id=workspace,
            configuration=models.DestinationDuckdb(destination_path=warehouse),
        )
    ).destination_response.destination_id
    made = client.connections.create_connection(
        request=models.ConnectionCreateRequest(source_id=source, destination_id=destination)
    )
    return source, made.connection_response.connection_id


def configure(client, source, **values):
    change = models.SourcePatchRequest(configuration=models.SourceFaker(**values))
    client.sources.patch_source(
        request=api.PatchSourceRequest(source_id=source, source_patch_request=change)
    )


def operator(connection, name, **options):
    return AirbyteTriggerSyncOperator(
        task_id=name,
        connection_id=connection,
        wait_seconds=POLL_SECONDS,
        timeout=PATIENCE_SECONDS,
        **options,
    )


def refusal(action):
    """Returns what an action raises."""
    try:
        action()
    except Exception as expected:
        return str(expected)
    raise AssertionError("nothing was raised")


def fired(trigger):
    """Runs a trigger to its event, after a way through its serialized form, as Airflow does."""
    path, arguments = trigger.serialize()
    assert path.endswith(".AirbyteSyncTrigger"), path
    again = AirbyteSyncTrigger(**{**arguments, "poll_interval": POLL_SECONDS})

    async def first():
        async for event in again.run():
            return event.payload

    return asyncio.run(first())


def trigger_of(task):
    try:
        task.execute({})
    except TaskDeferred as waiting:
        return waiting.trigger
    raise AssertionError("was not deferred")


def succeeds(hook, connection):
    assert hook.test_connection()[0], hook.test_connection()
    job = operator(connection, "waits").execute({})
    assert hook.get_job_status(job) == "succeeded", job
    sensor = AirbyteJobSensor(task_id="sees", airbyte_job_id=job, deferrable=True)
    assert sensor.poke({})
    sensor.execute({})
    task = operator(connection, "defers", deferrable=True)
    event = fired(trigger_of(task))
    assert event["status"] == "success", event
    task.execute_complete({}, event)


def cancels(hook, connection):
    job = operator(connection, "leaves", asynchronous=True).execute({})
    sensor = AirbyteJobSensor(task_id="looks", airbyte_job_id=job, deferrable=True)
    assert not sensor.poke({})
    trigger = trigger_of(sensor)
    assert refusal(lambda: operator(connection, "second").execute({}))
    hook.cancel_job(job)
    event = fired(trigger)
    assert event["status"] == "cancelled", event
    assert "cancelled" in refusal(lambda: sensor.execute_complete({}, event))
    assert "cancelled" in refusal(lambda: sensor.poke({}))


def ends_with_its_task(hook, connection):
    task = operator(connection, "killed", asynchronous=True)
    job = task.execute({})
    task.on_kill()
    waiting = lambda: hook.wait_for_job(job, wait_seconds=POLL_SECONDS, timeout=PATIENCE_SECONDS)
    assert "cancelled" in refusal(waiting)


def runs_out_of_time(hook, connection):
    task = operator(connection, "late", deferrable=True)
    trigger = trigger_of(task)
    trigger.execution_deadline = time.time()
    event = fired(trigger)
    assert event["status"] == "timeout", event
    assert refusal(lambda: task.execute_complete({}, event))
    trigger.execution_deadline = None
    event = fired(trigger)
    assert event["status"] == "cancelled", event


def main():
    client, hook = sdk(), AirbyteHook()
    source, connection = make(client)
    succeeds(hook, connection)
    configure(client, source, count=ROWS_NEVER_DONE)
    cancels(hook, connection)
    ends_with_its_task(hook, connection)
    runs_out_of_time(hook, connection)
    print("all calls answered")


main()
