/** Tests of this package. */
@NullMarked
package io.millrace.server.output;

import org.jspecify.annotations.NullMarked;
