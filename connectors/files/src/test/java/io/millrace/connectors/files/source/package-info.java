/** Tests of the package of the same name. */
@NullMarked
package io.millrace.connectors.files.source;

import org.jspecify.annotations.NullMarked;
