/** The fakes keep the contract of encoded rows, and broken ones fail it. */
@NullMarked
package io.millrace.testkit.contract.encoded;

import org.jspecify.annotations.NullMarked;
