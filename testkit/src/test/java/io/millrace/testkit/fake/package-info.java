/** Tests of this package of the testkit. Nothing here is used by other modules. */
@NullMarked
package io.millrace.testkit.fake;

import org.jspecify.annotations.NullMarked;
