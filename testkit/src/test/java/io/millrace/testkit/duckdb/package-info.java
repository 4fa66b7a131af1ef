/** Tests of the reader that judges what connectors wrote. */
@NullMarked
package io.millrace.testkit.duckdb;

import org.jspecify.annotations.NullMarked;
