/**
 * Real servers for tests, from Maven Central, on free ports and in temporary folders.
 *
 * <p>Begin with a server's {@code start}. Fakes do not belong here.
 */
@NullMarked
package io.millrace.testkit.servers;

import org.jspecify.annotations.NullMarked;
