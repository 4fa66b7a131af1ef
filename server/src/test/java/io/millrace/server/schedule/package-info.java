/** Tests of schedules, with a clock that jumps from one due time to the next. */
@NullMarked
package io.millrace.server.schedule;

import org.jspecify.annotations.NullMarked;
