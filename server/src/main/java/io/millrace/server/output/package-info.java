/**
 * What people and machines get to see: tables, progress, JSON lines and sentences.
 *
 * <p>Begin with {@link io.millrace.server.output.Console}, the only way to stdout and stderr. What
 * is shown is decided by the features; how it looks is decided here.
 */
@NullMarked
package io.millrace.server.output;

import org.jspecify.annotations.NullMarked;
