/** Tests of source-postgres against real servers. */
@NullMarked
package io.millrace.connectors.postgres.source;

import org.jspecify.annotations.NullMarked;
