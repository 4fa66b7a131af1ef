/**
 * Writes Arrow batches as Parquet files, straight from Arrow's buffers.
 *
 * <p>Begin with {@link io.millrace.connectors.files.format.parquet.ParquetFileWriter}. The format
 * is that of github.com/apache/parquet-format: version 1 data pages, plain and dictionary
 * encodings. Reading Parquet does not belong here.
 */
@NullMarked
package io.millrace.connectors.files.format.parquet;

import org.jspecify.annotations.NullMarked;
