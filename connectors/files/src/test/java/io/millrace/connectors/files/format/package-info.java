/** Tests of the formats of files. */
@NullMarked
package io.millrace.connectors.files.format;

import org.jspecify.annotations.NullMarked;
