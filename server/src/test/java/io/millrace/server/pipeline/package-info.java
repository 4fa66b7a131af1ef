/** Tests of this package. */
@NullMarked
package io.millrace.server.pipeline;

import org.jspecify.annotations.NullMarked;
