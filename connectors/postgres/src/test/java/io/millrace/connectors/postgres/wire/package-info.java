@NullMarked
package io.millrace.connectors.postgres.wire;

import org.jspecify.annotations.NullMarked;
