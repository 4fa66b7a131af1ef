package io.millrace.connectors.postgres.type;

/**
 * A column of a table or view.
 *
 * @param name its name
 * @param number {@code attnum}, from 1
 * @param type its type
 * @param notNull it is declared NOT NULL
 * @param generated its value is computed by the server ({@code GENERATED ALWAYS AS (...)})
 */
public record PgColumn(String name, int number, PgType type, boolean notNull, boolean generated) {}
