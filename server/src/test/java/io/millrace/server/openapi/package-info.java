/**
 * Tests that hold the served calls and the OpenAPI document together.
 *
 * <p>Begin with {@code OpenApiRoutesTest}; {@code ValidatingClient} makes requests that are checked
 * against the document. What a single feature answers belongs to the feature's own tests.
 */
@NullMarked
package io.millrace.server.openapi;

import org.jspecify.annotations.NullMarked;
