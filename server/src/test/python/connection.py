"""Makes a connection by plain calls, for clients that only run what is there."""

import base64
import json
import urllib.request

ROWS = 30


def caller(api, mode, user, secret):
    """Returns a function that calls the public API and returns the answer's JSON."""
    headers = {"Content-Type": "application/json"}

    def call(path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{api}/{path}", data, headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    if mode == "basic":
        headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()
    if mode == "client":
        token = call("applications/token", {"client_id": user, "client_secret": secret})
        headers["Authorization"] = "Bearer " + token["access_token"]
    return call


def make(call, warehouse):
    """Returns the ids of the workspace and of a connection of three streams."""
    workspace = call("workspaces")["data"][0]["workspaceId"]
    source = call(
        "sources",
        {
            "name": "faker",
            "workspaceId": workspace,
            "configuration": {"sourceType": "faker", "count": ROWS},
        },
    )
    destination = call(
        "destinations",
        {
            "name": "warehouse",
            "workspaceId": workspace,
            "configuration": {"destinationType": "duckdb", "destination_path": warehouse},
        },
    )
    connection = call(
        "connections",
        {"sourceId": source["sourceId"], "destinationId": destination["destinationId"]},
    )
    return workspace, connection["connectionId"]
