/** Tests of the sending of logs, to a real cluster and to one that fails. */
@NullMarked
package io.millrace.server.joblog.ship;

import org.jspecify.annotations.NullMarked;
