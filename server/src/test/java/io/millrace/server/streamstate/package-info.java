/** Tests of what connections remember. */
@NullMarked
package io.millrace.server.streamstate;

import org.jspecify.annotations.NullMarked;
