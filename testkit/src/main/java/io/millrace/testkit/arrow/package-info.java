/**
 * Arrow in tests: an allocator per test that must come back empty, and batches made of and turned
 * into plain Java rows.
 *
 * <p>Begin with {@link io.millrace.testkit.arrow.AllocatorExtension} and {@link
 * io.millrace.testkit.arrow.Batches}. Nothing here is made for speed, and nothing here knows a
 * connector.
 */
@NullMarked
package io.millrace.testkit.arrow;

import org.jspecify.annotations.NullMarked;
