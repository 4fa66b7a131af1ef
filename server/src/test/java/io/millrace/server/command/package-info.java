/** Tests of this package. */
@NullMarked
package io.millrace.server.command;

import org.jspecify.annotations.NullMarked;
