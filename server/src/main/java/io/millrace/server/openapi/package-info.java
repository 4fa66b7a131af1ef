/**
 * The OpenAPI document of everything the server serves, in both APIs.
 *
 * <p>Begin with {@link io.millrace.server.openapi.OpenApiDocument} and the files beside it in
 * {@code resources/openapi}: one a feature, in a short notation that {@code common.yaml} explains.
 * A test holds the document and the routes together. Nothing here serves a feature or reads its
 * requests.
 */
@NullMarked
package io.millrace.server.openapi;

import org.jspecify.annotations.NullMarked;
