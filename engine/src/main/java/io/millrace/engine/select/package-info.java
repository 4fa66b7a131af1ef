/**
 * Finds the streams a sync is about, checks what was asked of them and gives each its target.
 *
 * <p>Begin with {@link io.millrace.engine.select.StreamSelector}. Nothing is read or written here.
 */
@NullMarked
package io.millrace.engine.select;

import org.jspecify.annotations.NullMarked;
