package io.millrace.server.auth;

import io.millrace.server.http.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * An API key, which the API calls an application.
 *
 * @param id its id
 * @param name its name, for people
 * @param role what its holder may do
 * @param clientId the public half of the key
 * @param clientSecret the secret half, encrypted
 * @param createdAt when it was made
 */
record Application(
    UUID id, String name, Role role, String clientId, String clientSecret, Instant createdAt) {
  Caller caller() {
    return new Caller("key " + name, role.access());
  }
}
