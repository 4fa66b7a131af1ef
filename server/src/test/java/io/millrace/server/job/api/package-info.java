/** Tests of the calls about jobs, over HTTP. */
@NullMarked
package io.millrace.server.job.api;

import org.jspecify.annotations.NullMarked;
