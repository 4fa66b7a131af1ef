/** Tests of the lattice. */
@NullMarked
package io.millrace.spi.type;

import org.jspecify.annotations.NullMarked;
