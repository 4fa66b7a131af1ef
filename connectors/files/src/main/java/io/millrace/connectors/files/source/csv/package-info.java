/**
 * Reads delimiter-separated text straight into Arrow columns.
 *
 * <p>Begin with {@code CsvReader}: a {@code RecordScanner} finds where fields end, then one decoder
 * per column turns the fields of a block of rows into values. No object is made per row or field.
 * Where bytes come from, and which types a table has, is decided elsewhere.
 */
@NullMarked
package io.millrace.connectors.files.source.csv;

import org.jspecify.annotations.NullMarked;
