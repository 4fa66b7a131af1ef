/** Tests of the guards. */
@NullMarked
package io.millrace.codec.limit;

import org.jspecify.annotations.NullMarked;
