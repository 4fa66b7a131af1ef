/**
 * Finds the type that holds every value of a column exactly.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.infer.TypeGuess}: values go in, a type
 * comes out, and text is the answer wherever another type would change a value. Which values are
 * looked at is decided by the formats.
 */
@NullMarked
package io.millrace.connectors.files.source.infer;

import org.jspecify.annotations.NullMarked;
