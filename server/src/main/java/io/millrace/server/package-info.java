/**
 * The program: its entry point and what all its commands share.
 *
 * <p>Begin with {@link io.millrace.server.Main}. What a command does belongs to a feature's
 * package; only {@code Main} may end the process.
 */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
