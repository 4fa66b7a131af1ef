/**
 * Tags: coloured words by which people sort their connections.
 *
 * <p>Begin with {@link io.millrace.server.tag.TagService}. Which connection carries which tag
 * belongs to {@code connection}.
 */
@NullMarked
package io.millrace.server.tag;

import org.jspecify.annotations.NullMarked;
