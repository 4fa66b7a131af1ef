/**
 * Reads JSON objects as rows: one a line, in an array, or one behind the other.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.json.JsonFormat}. Values are turned into
 * columns by the codec; only where objects are, and which types fit, is decided here.
 */
@NullMarked
package io.millrace.connectors.files.source.json;

import org.jspecify.annotations.NullMarked;
