/** Proves the suites of this package: correct fakes pass them, broken ones do not. */
@NullMarked
package io.millrace.testkit.contract.destination;

import org.jspecify.annotations.NullMarked;
