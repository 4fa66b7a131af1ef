/** Tests of the package of the same name. */
@NullMarked
package io.millrace.server.actor;

import org.jspecify.annotations.NullMarked;
