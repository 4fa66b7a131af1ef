/** Tests of what monitoring reads. */
@NullMarked
package io.millrace.server.metrics;

import org.jspecify.annotations.NullMarked;
