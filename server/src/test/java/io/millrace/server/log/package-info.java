/** Tests of this package. */
@NullMarked
package io.millrace.server.log;

import org.jspecify.annotations.NullMarked;
