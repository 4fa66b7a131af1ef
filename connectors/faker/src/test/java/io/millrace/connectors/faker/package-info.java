@NullMarked
package io.millrace.connectors.faker;

import org.jspecify.annotations.NullMarked;
