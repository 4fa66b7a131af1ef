/**
 * The lattice of types that flow between sources and destinations, and how each travels in Arrow.
 *
 * <p>Begin with {@link io.millrace.spi.type.LogicalType}; {@link io.millrace.spi.type.Fields} turns
 * one into an Arrow field and back. Conversions of values do not belong here.
 */
@NullMarked
package io.millrace.spi.type;

import org.jspecify.annotations.NullMarked;
