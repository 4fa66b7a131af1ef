package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * Something a user should know although nothing failed.
 *
 * @param code stable and of few values, in lower case with underscores, such as {@code
 *     table_without_columns}
 * @param stream the stream it is about, or null
 * @param message one or two sentences
 */
public record Notice(String code, @Nullable StreamName stream, String message) {}
