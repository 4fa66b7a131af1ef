package io.millrace.connectors.files.source.excel;

import java.util.Optional;

/**
 * Which part of a workbook is read.
 *
 * @param name the sheet's name
 * @param index the sheet's place, counted from 0; used where there is no name
 * @param rowsSkipped rows at the sheet's beginning, whatever they hold, that are not read
 * @param rowsBeforeHeader rows that hold something and are passed over behind those
 */
public record SheetChoice(
    Optional<String> name, int index, int rowsSkipped, int rowsBeforeHeader) {}
