/** Tests of jobs' logs on real files. */
@NullMarked
package io.millrace.server.joblog;

import org.jspecify.annotations.NullMarked;
