@NullMarked
package io.millrace.server.job.prepare;

import org.jspecify.annotations.NullMarked;
