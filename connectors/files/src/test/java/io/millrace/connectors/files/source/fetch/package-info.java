/** Tests of the package of the same name. */
@NullMarked
package io.millrace.connectors.files.source.fetch;

import org.jspecify.annotations.NullMarked;
