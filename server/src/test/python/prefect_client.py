"""Calls a running server with Prefect's Airbyte integration, unchanged.

Usage: prefect_client.py PUBLIC_API_URL WAREHOUSE_FILE none|basic|client [USER SECRET]
"""

import asyncio
import os
import sys
from pathlib import Path
from urllib.parse import urlparse

os.environ["PREFECT_HOME"] = str(Path(sys.argv[2]).parent / "prefect")
os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
os.environ["DO_NOT_TRACK"] = "1"

import connection
from prefect import flow
from prefect_airbyte.connections import AirbyteConnection, trigger_sync
from prefect_airbyte.flows import run_connection_sync
from prefect_airbyte.server import AirbyteServer


async def by_block(block):
    run = await block.trigger()
    await run.wait_for_completion()
    return await run.fetch_result()


def main(api, warehouse, mode, user="", secret=""):
    _, connection_id = connection.make(connection.caller(api, mode, user, secret), warehouse)
    url = urlparse(api)
    # It knows no login but this one, and always sends it.
    server = AirbyteServer(
        username=user or "airbyte",
        password=secret or "password",
        server_host=url.hostname,
        server_port=str(url.port),
        api_version="v1",
    )
    block = AirbyteConnection(
        airbyte_server=server, connection_id=connection_id, status_updates=True, poll_interval_s=1
    )
    result = asyncio.run(by_block(block))
    assert result.job_status == "succeeded" and result.records_synced > 0, result

    @flow
    def as_flow():
        return run_connection_sync(block)

    @flow
    def as_task():
        return trigger_sync(
            airbyte_server=server,
            connection_id=connection_id,
            poll_interval_s=1,
            status_updates=True,
        )

    assert as_flow().job_status == "succeeded"
    assert as_task()["job_status"] == "succeeded"
    print("all calls answered")


main(*sys.argv[1:])
