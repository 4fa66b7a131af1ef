/**
 * Writes Arrow batches as files: Parquet, JSON Lines, CSV.
 *
 * <p>Begin with {@link io.millrace.connectors.files.format.OutputFormat}, which is also the
 * configuration, and {@link io.millrace.connectors.files.format.FormatWriter}. Where files go and
 * when they are published does not belong here.
 */
@NullMarked
package io.millrace.connectors.files.format;

import org.jspecify.annotations.NullMarked;
