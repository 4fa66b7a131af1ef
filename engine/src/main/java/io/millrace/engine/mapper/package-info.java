/**
 * The mappers of a stream: what happens to its fields and rows between source and destination.
 *
 * <p>Begin with {@link io.millrace.engine.mapper.Mapper}, what a user writes; {@link
 * io.millrace.engine.mapper.Mapping} is the mappers of one stream made ready for its schema, and
 * {@link io.millrace.engine.mapper.BatchMapper} maps batches. What a destination wants of a batch
 * beyond that (metadata columns, layouts) belongs to {@code shape}.
 */
@NullMarked
package io.millrace.engine.mapper;

import org.jspecify.annotations.NullMarked;
