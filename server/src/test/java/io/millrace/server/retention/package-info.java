/** Tests of what is kept and what is not, and of a disk that is full. */
@NullMarked
package io.millrace.server.retention;

import org.jspecify.annotations.NullMarked;
