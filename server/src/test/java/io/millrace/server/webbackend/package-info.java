/** Tests of what an interface shows of connections. */
@NullMarked
package io.millrace.server.webbackend;

import org.jspecify.annotations.NullMarked;
