package io.millrace.server.up;

import io.millrace.server.http.HttpSettings;
import io.millrace.server.store.DatabaseUrl;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param data its data directory
 * @param database its metadata store
 * @param http where it listens
 * @param environment the variables that references and credentials come from
 */
public record ServerSettings(
    DataDirectory data, DatabaseUrl database, HttpSettings http, Map<String, String> environment) {
  public ServerSettings {
    environment = Map.copyOf(environment);
  }
}
