/** Tests of the package of the same name. */
@NullMarked
package io.millrace.connectors.files.source.infer;

import org.jspecify.annotations.NullMarked;
