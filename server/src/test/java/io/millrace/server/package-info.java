/** Tests of this package. */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
