/** What mappers make of fields, values and rows. */
@NullMarked
package io.millrace.engine.mapper;

import org.jspecify.annotations.NullMarked;
