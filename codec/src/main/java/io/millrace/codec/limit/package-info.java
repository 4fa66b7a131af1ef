/**
 * Finds rows whose values lie beyond what a system can hold, before they are written and changed.
 *
 * <p>Begin with {@link io.millrace.codec.limit.RowGuard}; a destination describes its system by
 * {@link io.millrace.codec.limit.ValueLimits}. Converting values does not belong here.
 */
@NullMarked
package io.millrace.codec.limit;

import org.jspecify.annotations.NullMarked;
