/**
 * Secrets at rest: values inside configurations are encrypted one by one, masked for the API and
 * opened for a connector alone.
 *
 * <p>Begin with {@link io.millrace.server.secret.Secrets}; {@link
 * io.millrace.server.secret.Keyring} says where the keys come from. What is secret is said by
 * {@link io.millrace.server.connector.SecretFields}; logins and API keys belong to {@code auth}.
 */
@NullMarked
package io.millrace.server.secret;

import org.jspecify.annotations.NullMarked;
