/** Tests of cron expressions, against tables and against a walk through every minute. */
@NullMarked
package io.millrace.server.cron;

import org.jspecify.annotations.NullMarked;
