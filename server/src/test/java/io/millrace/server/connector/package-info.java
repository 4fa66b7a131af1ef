/** Tests of what the server knows of connectors. */
@NullMarked
package io.millrace.server.connector;

import org.jspecify.annotations.NullMarked;
