package io.millrace.server.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import io.millrace.server.secret.Secrets;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.SettingStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Signs and reads the short-lived tokens of API keys (JWT, HMAC). Thread-safe. */
final class Tokens {
  static final Duration LIFE = Duration.ofMinutes(15);

  private static final String SETTING = "token_key";
  private static final String ISSUER = "millrace";
  private static final String AUDIENCE = "airbyte-server";
  private static final int KEY_CHARS = 64;

  private final Algorithm algorithm;
  private final JWTVerifier verifier;
  private final Clock clock;

  private Tokens(String key, Clock clock) {
    this.algorithm = Algorithm.HMAC256(key.getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
    JWTVerifier.BaseVerification verification =
        (JWTVerifier.BaseVerification)
            JWT.require(algorithm).withIssuer(ISSUER).withAudience(AUDIENCE);
    this.verifier = verification.build(clock);
  }

  /**
   * Reads the signing key, which survives restarts because clients keep tokens; makes it at the
   * first start.
   *
   * @throws io.millrace.spi.ConfigException when the key of the secrets is missing
   */
  static Tokens open(Database database, Secrets secrets, Clock clock) {
    SettingStore settings = new SettingStore();
    String sealed =
        database.write(
            tx -> {
              Optional<String> kept = settings.find(tx, SETTING);
              if (kept.isEmpty()) {
                settings.put(tx, SETTING, secrets.sealText(RandomText.letters(KEY_CHARS)));
              }
              return settings.find(tx, SETTING).orElseThrow();
            });
    return new Tokens(secrets.openText(sealed), clock);
  }

  /** Returns a token for the holder of a key. */
  String sign(UUID application, Role role) {
    Instant now = clock.instant();
    return JWT.create()
        .withIssuer(ISSUER)
        .withAudience(AUDIENCE)
        .withSubject(application.toString())
        .withArrayClaim("roles", new String[] {role.label()})
        .withIssuedAt(now)
        .withExpiresAt(now.plus(LIFE))
        .withJWTId(UUID.randomUUID().toString())
        .sign(algorithm);
  }

  /** Returns the key that a token was made for; empty when it is forged or has run out. */
  Optional<UUID> read(String token) {
    try {
      return Optional.of(UUID.fromString(verifier.verify(token).getSubject()));
    } catch (JWTVerificationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
