package io.millrace.connectors.postgres.destination.table;

/**
 * A column of a table as the catalog has it.
 *
 * @param name its name
 * @param type its type
 * @param notNull null is refused
 * @param filled the server has a value where a row brings none: a default, an identity
 * @param generated the server computes it; no row may bring a value
 */
public record ExistingColumn(
    String name, PgType type, boolean notNull, boolean filled, boolean generated) {}
