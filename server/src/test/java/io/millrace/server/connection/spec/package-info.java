/** Tests of what the engine is told. */
@NullMarked
package io.millrace.server.connection.spec;

import org.jspecify.annotations.NullMarked;
