/** Tests of changed schemas. */
@NullMarked
package io.millrace.server.connection.schema;

import org.jspecify.annotations.NullMarked;
