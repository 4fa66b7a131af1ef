/**
 * Shapes a source's batches into what the destination stores: metadata columns, the raw layout, and
 * rows without a key set aside.
 *
 * <p>Begin with {@link io.millrace.engine.shape.BatchShaper}. Vectors are passed on, not copied,
 * wherever rows stay.
 */
@NullMarked
package io.millrace.engine.shape;

import org.jspecify.annotations.NullMarked;
