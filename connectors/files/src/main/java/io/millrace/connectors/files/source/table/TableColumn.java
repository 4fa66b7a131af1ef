package io.millrace.connectors.files.source.table;

import io.millrace.spi.type.LogicalType;

/**
 * A column of files.
 *
 * @param name its name
 * @param type a type that takes its values
 */
public record TableColumn(String name, LogicalType type) {}
