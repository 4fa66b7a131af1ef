/**
 * Where log lines go: nowhere, until a sync opens its log file.
 *
 * <p>Begin with {@link io.millrace.server.log.LogFile}. The log is for details that people look up
 * later (stack traces, statements); what they see at once belongs to {@code output}.
 */
@NullMarked
package io.millrace.server.log;

import org.jspecify.annotations.NullMarked;
