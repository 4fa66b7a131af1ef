"""Calls a running server with Dagster's Airbyte integration, unchanged.

Usage: dagster_client.py PUBLIC_API_URL WAREHOUSE_FILE none|basic|client [USER SECRET]
"""

import os
import sys
import warnings
from urllib.parse import urlparse

os.environ["DAGSTER_DISABLE_TELEMETRY"] = "true"
warnings.filterwarnings("ignore")

import connection
import dagster
import dagster_airbyte

POLL_SECONDS = 0.3
STREAMS = 3


def workspace_of(base, workspace, mode, user, secret):
    login = {
        "none": {},
        "basic": {"username": user, "password": secret},
        "client": {"client_id": user, "client_secret": secret},
    }[mode]
    return dagster_airbyte.AirbyteWorkspace(
        rest_api_base_url=base + "/api/public/v1",
        configuration_api_base_url=base + "/api/v1",
        workspace_id=workspace,
        max_items_per_page=1,
        poll_interval=POLL_SECONDS,
        **login,
    )


def new_generation(workspace, connection_id):
    client = workspace.get_client()
    client.validate_workspace_id()
    assert connection_id in [one["connectionId"] for one in client.get_connections()]
    assert workspace.fetch_airbyte_workspace_data().to_airbyte_connection_table_props_data()
    assert dagster_airbyte.load_airbyte_asset_specs(workspace)
    assert client.sync_and_poll(connection_id).job_details["status"] == "succeeded"

    @dagster_airbyte.airbyte_assets(connection_id=connection_id, workspace=workspace)
    def tables(context: dagster.AssetExecutionContext, airbyte: dagster_airbyte.AirbyteWorkspace):
        yield from airbyte.sync_and_poll(context=context)

    run = dagster.materialize([tables], resources={"airbyte": workspace})
    assert run.success
    assert len(run.get_asset_materialization_events()) == STREAMS


def old_generation(base, mode, user, secret, connection_id):
    url = urlparse(base)
    resource = dagster_airbyte.AirbyteResource(
        host=url.hostname,
        port=str(url.port),
        username=user if mode == "basic" else "airbyte",
        password=secret if mode == "basic" else "password",
        poll_interval=POLL_SECONDS,
    )
    ended = resource.sync_and_poll(connection_id, poll_interval=POLL_SECONDS, poll_timeout=60)
    assert ended.job_details["job"]["status"] == "succeeded", ended
    assets = dagster_airbyte.build_airbyte_assets(
        connection_id=connection_id, destination_tables=["users", "products", "purchases"]
    )
    run = dagster.materialize(assets, resources={"airbyte": resource})
    assert run.success
    assert len(run.get_asset_materialization_events()) == STREAMS


def main(api, warehouse, mode, user="", secret=""):
    base = api.removesuffix("/api/public/v1")
    workspace, connection_id = connection.make(
        connection.caller(api, mode, user, secret), warehouse
    )
    new_generation(workspace_of(base, workspace, mode, user, secret), connection_id)
    if mode != "client":
        old_generation(base, mode, user, secret, connection_id)
    print("all calls answered")


main(*sys.argv[1:])
