@NullMarked
package io.millrace.connectors.postgres.text;

import org.jspecify.annotations.NullMarked;
