/** Tests of the package of the same name. */
@NullMarked
package io.millrace.server.connector;

import org.jspecify.annotations.NullMarked;
