/**
 * The contract of a source and a destination of one system that pass rows on as they are encoded:
 * the same rows land as when they are decoded.
 *
 * <p>A connector's test implements {@link io.millrace.testkit.contract.encoded.EncodedRowsSuite};
 * what one side alone promises does not belong here.
 */
@NullMarked
package io.millrace.testkit.contract.encoded;

import org.jspecify.annotations.NullMarked;
