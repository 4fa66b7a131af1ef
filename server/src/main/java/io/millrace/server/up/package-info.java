/**
 * The server as a whole: what {@code millrace up} starts, on one data directory, and how its parts
 * are put together.
 *
 * <p>Begin with {@link io.millrace.server.up.Server}, the one place where they are wired. No
 * feature has its rules here.
 */
@NullMarked
package io.millrace.server.up;

import org.jspecify.annotations.NullMarked;
