/**
 * The JSON documents that the API carries and the store keeps.
 *
 * <p>Begin with {@link io.millrace.server.json.Documents}. What a document means belongs to its
 * feature.
 */
@NullMarked
package io.millrace.server.json;

import org.jspecify.annotations.NullMarked;
