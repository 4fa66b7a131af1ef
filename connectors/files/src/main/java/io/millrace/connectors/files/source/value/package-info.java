/**
 * Values written as text, parsed straight from bytes: what counts as an integer, a decimal, a date,
 * and which number it is.
 *
 * <p>Strict on purpose: a text that would come back changed ({@code 007}, {@code +1}, {@code
 * 1e400}) is refused, and the caller keeps it as text or rejects its row. Nothing here knows files,
 * columns or Arrow vectors.
 */
@NullMarked
package io.millrace.connectors.files.source.value;

import org.jspecify.annotations.NullMarked;
