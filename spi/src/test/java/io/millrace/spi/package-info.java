/** Tests of the contract's values. */
@NullMarked
package io.millrace.spi;

import org.jspecify.annotations.NullMarked;
