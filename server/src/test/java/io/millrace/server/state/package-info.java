/** Tests of this package. */
@NullMarked
package io.millrace.server.state;

import org.jspecify.annotations.NullMarked;
