/**
 * Conversions of Arrow values that several modules share: rows as JSON and back, values as text,
 * schemas as JSON schema.
 *
 * <p>Begin with {@link io.millrace.codec.JsonRowWriter}, {@link io.millrace.codec.JsonRowReader},
 * {@link io.millrace.codec.TextForm} and {@link io.millrace.codec.JsonSchemas}. Code that knows a
 * system, a file format beyond one row, or a connector does not belong here.
 */
@NullMarked
package io.millrace.codec;

import org.jspecify.annotations.NullMarked;
