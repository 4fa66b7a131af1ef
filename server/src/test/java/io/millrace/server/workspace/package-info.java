/** Tests of the package of the same name. */
@NullMarked
package io.millrace.server.workspace;

import org.jspecify.annotations.NullMarked;
