/**
 * Tests of the running process: the program in a JVM of its own, against a real PostgreSQL, judged
 * by its exit code, its output and what it left behind.
 *
 * <p>Begin with {@link io.millrace.server.e2e.Program}. What can be seen inside one process belongs
 * to the tests of its feature.
 */
@NullMarked
package io.millrace.server.e2e;

import org.jspecify.annotations.NullMarked;
