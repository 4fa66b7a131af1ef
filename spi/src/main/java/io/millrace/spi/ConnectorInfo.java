package io.millrace.spi;

import java.util.UUID;

/**
 * What a connector is called.
 *
 * @param name such as {@code source-postgres}; Airbyte's name where Airbyte has the connector
 * @param definitionId Airbyte's definition id where Airbyte has the connector
 * @param title such as {@code PostgreSQL}
 * @param summary one sentence: what it reads or writes
 */
public record ConnectorInfo(String name, UUID definitionId, String title, String summary) {}
