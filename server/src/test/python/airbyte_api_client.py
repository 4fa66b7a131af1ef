"""Calls a running server with Airbyte's own Python client, unchanged.

Usage: airbyte_api_client.py PUBLIC_API_URL WAREHOUSE_FILE none|basic|client [USER SECRET]
"""

import sys
import time

import airbyte_api
from airbyte_api import api, errors, models

ROWS = 50
ROWS_NEVER_DONE = 50_000_000
PATIENCE_SECONDS = 60


def security(mode, user, secret):
    if mode == "basic":
        return models.Security(basic_auth=models.SchemeBasicAuth(username=user, password=secret))
    if mode == "client":
        return models.Security(
            client_credentials=models.SchemeClientCredentials(client_id=user, client_secret=secret)
        )
    return None


def ended(client, job_id):
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        job = client.jobs.get_job(request=api.GetJobRequest(job_id=job_id)).job_response
        if job.status.value in ("succeeded", "failed", "cancelled"):
            return job
        assert time.monotonic() < until, job
        time.sleep(0.1)


def start(client, connection):
    request = models.JobCreateRequest(connection_id=connection, job_type=models.JobTypeEnum.SYNC)
    return client.jobs.create_job(request=request).job_response


def make(client, warehouse):
    health = client.health.get_health_check()
    assert health.status_code == 200, health
    workspace = client.workspaces.list_workspaces(request=api.ListWorkspacesRequest())
    workspace = workspace.workspaces_response.data[0].workspace_id
    source = client.sources.create_source(
        request=models.SourceCreateRequest(
            name="SDK faker", workspace_id=workspace, configuration=models.SourceFaker(count=ROWS)
        )
    ).source_response
    assert source.source_type == "faker", source
    destination = client.destinations.create_destination(
        request=models.DestinationCreateRequest(
            name="SDK warehouse",
            workspace_id=workspace,
            configuration=models.DestinationDuckdb(destination_path=warehouse),
        )
    ).destination_response
    streams = client.streams.get_stream_properties(
        request=api.GetStreamPropertiesRequest(
            source_id=source.source_id, destination_id=destination.destination_id
        )
    ).stream_properties_response
    names = sorted(stream.stream_name for stream in streams)
    assert names == ["products", "purchases", "users"], names
    connection = client.connections.create_connection(
        request=models.ConnectionCreateRequest(
            name="SDK", source_id=source.source_id, destination_id=destination.destination_id
        )
    ).connection_response
    return source.source_id, destination.destination_id, connection.connection_id


def look(client, source, destination, connection):
    listed = client.sources.list_sources(request=api.ListSourcesRequest()).sources_response.data
    assert source in [one.source_id for one in listed], listed
    listed = client.destinations.list_destinations(request=api.ListDestinationsRequest())
    found = [
        one
        for one in listed.destinations_response.data
        if one.destination_id == destination
    ]
    assert isinstance(found[0].configuration, models.DestinationDuckdb), found
    listed = client.connections.list_connections(request=api.ListConnectionsRequest())
    assert connection in [one.connection_id for one in listed.connections_response.data]
    found = client.connections.get_connection(request=api.GetConnectionRequest(connection_id=connection))
    assert found.connection_response.status.value == "active", found


def run(client, source, connection):
    job = ended(client, start(client, connection).job_id)
    assert job.status.value == "succeeded" and job.rows_synced >= ROWS, job
    listed = client.jobs.list_jobs(request=api.ListJobsRequest(connection_id=connection))
    assert job.job_id in [one.job_id for one in listed.jobs_response.data]
    client.sources.patch_source(
        request=api.PatchSourceRequest(
            source_id=source,
            source_patch_request=models.SourcePatchRequest(
                configuration=models.SourceFaker(count=ROWS_NEVER_DONE)
            ),
        )
    )
    job = start(client, connection)
    try:
        start(client, connection)
        raise AssertionError("a second job was started")
    except errors.SDKError as conflict:
        assert conflict.status_code == 409, conflict
    client.jobs.cancel_job(request=api.CancelJobRequest(job_id=job.job_id))
    assert ended(client, job.job_id).status.value == "cancelled"


def remove(client, source, destination, connection):
    client.connections.delete_connection(request=api.DeleteConnectionRequest(connection_id=connection))
    client.sources.delete_source(request=api.DeleteSourceRequest(source_id=source))
    client.destinations.delete_destination(
        request=api.DeleteDestinationRequest(destination_id=destination)
    )
    try:
        client.sources.get_source(request=api.GetSourceRequest(source_id=source))
        raise AssertionError("a deleted source is still there")
    except errors.SDKError as gone:
        assert gone.status_code == 404, gone


def main(url, warehouse, mode, user=None, secret=None):
    client = airbyte_api.AirbyteAPI(server_url=url, security=security(mode, user, secret))
    source, destination, connection = make(client, warehouse)
    look(client, source, destination, connection)
    run(client, source, connection)
    remove(client, source, destination, connection)
    print("all calls answered")


main(*sys.argv[1:])
