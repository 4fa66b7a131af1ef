/**
 * JMH benchmarks of the code that runs for every row. The command that runs them is in this
 * module's README.
 *
 * <p>Comparisons of whole processes with other tools do not belong here: {@code benchmarks/run}
 * makes those.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
