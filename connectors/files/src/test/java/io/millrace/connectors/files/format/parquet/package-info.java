/** Tests of the Parquet writer; DuckDB reads what it wrote. */
@NullMarked
package io.millrace.connectors.files.format.parquet;

import org.jspecify.annotations.NullMarked;
