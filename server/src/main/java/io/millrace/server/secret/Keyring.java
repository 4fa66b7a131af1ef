package io.millrace.server.secret;

import io.millrace.spi.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the secrets: one that encrypts, and those before it, which still open. Immutable.
 *
 * <p>The key is {@code MILLRACE_SECRET_KEY}, the base64 of 32 bytes or else a passphrase, with
 * {@code MILLRACE_SECRET_KEY_OLD} for the one before; without the variable it is the file {@code
 * secret.key} in the data directory, which is made where it is missing.
 */
public final class Keyring {
  /** Names the variable with the key. */
  public static final String VARIABLE = "MILLRACE_SECRET_KEY";

  /** Names the variable with the key before it. */
  public static final String OLD_VARIABLE = "MILLRACE_SECRET_KEY_OLD";

  private final Map<String, SealingKey> keys = new LinkedHashMap<>();
  private final SealingKey current;

  Keyring(List<SealingKey> keys) {
    keys.forEach(key -> this.keys.putIfAbsent(key.id(), key));
    this.current = keys.getFirst();
  }

  /**
   * Reads the keys of a data directory.
   *
   * @throws ConfigException when a key is too short, or the file is damaged or cannot be written
   */
  public static Keyring load(Path dataDirectory, Map<String, String> environment) {
    if (!fromEnvironment(environment)) {
      KeyFile.in(dataDirectory).readOrMake();
    }
    return new Keyring(known(dataDirectory, environment));
  }

  /**
   * Keeps the key's file from everybody but its owner, as far as its owner is who runs this.
   *
   * @return what to tell people where others could read it; mostly nothing
   */
  public static Optional<String> guardFile(Path dataDirectory) {
    return KeyFile.in(dataDirectory).guard();
  }

  /**
   * Refuses to begin with a new key where the secrets of a store have another one.
   *
   * @throws ConfigException when there is no key, and the store has secrets
   */
  public static void refuseLost(Path dataDirectory, Map<String, String> environment, Handle tx) {
    if (known(dataDirectory, environment).isEmpty()) {
      Set<String> ids = LostSecrets.keyIds(tx);
      if (!ids.isEmpty()) {
        throw new ConfigException(
            "secret_key",
            "The secrets in the store are encrypted with the key "
                + String.join(", ", ids)
                + ", and there is none: "
                + KeyFile.in(dataDirectory).path()
                + " is missing. Put its copy back, or give the key as "
                + VARIABLE
                + ". Where it is lost for good, \"secrets rotate --forget-lost\" empties what it"
                + " closed.");
      }
    }
  }

  /** Returns the keys that there are, the one that encrypts first; none is made. */
  static List<SealingKey> known(Path dataDirectory, Map<String, String> environment) {
    SealingKey given = variable(environment, VARIABLE);
    List<SealingKey> keys = new ArrayList<>();
    if (given != null) {
      keys.add(given);
    }
    keys.addAll(KeyFile.in(dataDirectory).read());
    SealingKey old = variable(environment, OLD_VARIABLE);
    if (old != null) {
      keys.add(old);
    }
    return keys;
  }

  /** Tells whether the key comes from the environment. */
  public static boolean fromEnvironment(Map<String, String> environment) {
    return !environment.getOrDefault(VARIABLE, "").isBlank();
  }

  /** Returns the id of the key that encrypts. */
  String currentId() {
    return current.id();
  }

  String seal(byte[] plain) {
    return Envelope.of(current.id(), current.encrypt(plain)).toString();
  }

  /**
   * Opens what {@link #seal} wrote.
   *
   * @throws ConfigException when its key is not here, or it was changed since
   */
  byte[] open(String text) {
    Envelope envelope = Envelope.read(text).orElseThrow(Keyring::damaged);
    SealingKey key = keys.get(envelope.keyId());
    if (key == null) {
      throw new ConfigException(
          "secret_key",
          "A secret in the store is encrypted with the key "
              + envelope.keyId()
              + ", and this server has "
              + String.join(", ", keys.keySet())
              + ". Put that key back ("
              + KeyFile.NAME
              + " in the data directory, "
              + VARIABLE
              + " or "
              + OLD_VARIABLE
              + "), or enter the secret again.");
    }
    return key.decrypt(envelope.bytes()).orElseThrow(Keyring::damaged);
  }

  String openText(String text) {
    return new String(open(text), StandardCharsets.UTF_8);
  }

  private static ConfigException damaged() {
    return new ConfigException(
        "secret_damaged",
        "A secret in the store was changed from outside and cannot be opened. Enter it again.");
  }

  private static @Nullable SealingKey variable(Map<String, String> environment, String name) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return null;
    }
    return SealingKey.read(text).orElseGet(() -> passphrase(name, text));
  }

  private static SealingKey passphrase(String name, String text) {
    if (text.length() < SealingKey.PASSPHRASE_CHARS_MIN) {
      throw new ConfigException(
          "secret_key",
          name
              + " is too short; expected the base64 of 32 bytes (openssl rand -base64 32), or a"
              + " passphrase of at least "
              + SealingKey.PASSPHRASE_CHARS_MIN
              + " characters.");
    }
    return SealingKey.ofPassphrase(text);
  }
}
