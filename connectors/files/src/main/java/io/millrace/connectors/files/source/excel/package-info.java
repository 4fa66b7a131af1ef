/**
 * Reads sheets of Excel workbooks, as texts of records that the CSV reader understands: one reader
 * then finds headers and types and parses values for both.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.excel.ExcelTexts}. What a cell means is
 * decided here, what a column is elsewhere.
 */
@NullMarked
package io.millrace.connectors.files.source.excel;

import org.jspecify.annotations.NullMarked;
