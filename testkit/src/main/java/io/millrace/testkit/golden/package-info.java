/**
 * Golden files: expected texts that are kept in the repository and compared to the letter.
 *
 * <p>Begin with {@link io.millrace.testkit.golden.GoldenFile}. Comparisons that are anything but
 * exact do not belong here.
 */
@NullMarked
package io.millrace.testkit.golden;

import org.jspecify.annotations.NullMarked;
