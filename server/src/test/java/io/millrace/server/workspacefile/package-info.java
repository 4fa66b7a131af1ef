/** Tests of workspace files against running servers. */
@NullMarked
package io.millrace.server.workspacefile;

import org.jspecify.annotations.NullMarked;
