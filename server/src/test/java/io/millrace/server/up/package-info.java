/** Tests of the server as a whole. */
@NullMarked
package io.millrace.server.up;

import org.jspecify.annotations.NullMarked;
