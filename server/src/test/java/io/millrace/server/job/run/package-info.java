/** Tests of running jobs: queue, recovery, cancel, deadlines, faults. */
@NullMarked
package io.millrace.server.job.run;

import org.jspecify.annotations.NullMarked;
