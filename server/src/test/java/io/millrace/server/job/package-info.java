/** Tests of the rules of jobs, and the world that tests of jobs happen in. */
@NullMarked
package io.millrace.server.job;

import org.jspecify.annotations.NullMarked;
