/**
 * Reads Parquet files through DuckDB, whose vectors become the batches.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.parquet.ParquetFormat}. Which SQL
 * expression carries a column exactly is decided in one place, {@code ParquetColumn}.
 */
@NullMarked
package io.millrace.connectors.files.source.parquet;

import org.jspecify.annotations.NullMarked;
