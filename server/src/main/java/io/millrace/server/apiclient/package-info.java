/**
 * A client of a server's HTTP API: this program's own, or an Airbyte's.
 *
 * <p>Begin with {@link io.millrace.server.apiclient.ApiClient}.
 */
@NullMarked
package io.millrace.server.apiclient;

import org.jspecify.annotations.NullMarked;
