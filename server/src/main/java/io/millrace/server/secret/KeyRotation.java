package io.millrace.server.secret;

import io.millrace.server.store.Database;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives the secrets a new key. No server may run on the data directory or the store meanwhile: it
 * would not know the key.
 *
 * <p>Killed at any moment, it can be run again: the file holds both keys until every secret is
 * encrypted with the new one, and all of them change in one transaction.
 */
public final class KeyRotation {
  private final Database database;
  private final KeyFile file;
  private final Path dataDirectory;
  private final Map<String, String> environment;

  /** Makes a rotation of the keys of a data directory. */
  public KeyRotation(Database database, Path dataDirectory, Map<String, String> environment) {
    this.database = database;
    this.file = KeyFile.in(dataDirectory);
    this.dataDirectory = dataDirectory;
    this.environment = Map.copyOf(environment);
  }

  /**
   * What was done.
   *
   * @param key the id of the key that encrypts now
   * @param secrets how many secrets were encrypted anew
   * @param lost how many could not be opened and were emptied
   * @param resumed whether this was the end of a rotation that had been interrupted
   * @param fromEnvironment whether the key is the one of the environment, not a new one
   */
  public record Result(
      String key, int secrets, int lost, boolean resumed, boolean fromEnvironment) {}

  /**
   * Encrypts every secret anew: with the key of the environment where there is one, else with a new
   * one.
   *
   * @param forgetLost whether secrets that no key opens are emptied; else they stop the rotation
   * @throws ConfigException when a secret cannot be opened; nothing has changed then
   */
  public Result run(boolean forgetLost) {
    return Keyring.fromEnvironment(environment) ? toGivenKey(forgetLost) : toNewKey(forgetLost);
  }

  private Result toGivenKey(boolean forgetLost) {
    Keyring keys = Keyring.load(dataDirectory, environment);
    Resealing resealing = reseal(keys, forgetLost);
    return new Result(keys.currentId(), resealing.sealed(), resealing.lost(), false, true);
  }

  private Result toNewKey(boolean forgetLost) {
    List<SealingKey> kept = file.readOrMake();
    boolean resumed = kept.size() > 1;
    if (!resumed) {
      List<SealingKey> both = new ArrayList<>(kept);
      both.addFirst(SealingKey.random());
      file.write(both);
    }
    Keyring keys = Keyring.load(dataDirectory, environment);
    Resealing resealing;
    try {
      resealing = reseal(keys, forgetLost);
    } catch (ConfigException e) {
      if (!resumed) {
        file.write(kept);
      }
      throw e;
    }
    file.write(List.of(file.read().getFirst()));
    return new Result(keys.currentId(), resealing.sealed(), resealing.lost(), resumed, false);
  }

  private Resealing reseal(Keyring keys, boolean forgetLost) {
    Resealing resealing = new Resealing(keys, forgetLost);
    database.change(resealing::run);
    return resealing;
  }
}
