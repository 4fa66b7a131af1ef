package io.millrace.server.secret;

import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jdbi.v3.core.Handle;

/** Looks which secrets of a store no key at hand opens. Belongs to one transaction. */
public final class LostSecrets {
  private final Path dataDirectory;
  private final List<SealingKey> keys;
  private final Set<String> missing = new TreeSet<>();
  private int lost;

  /**
   * Looks with the keys of a data directory; makes none where there is none.
   *
   * @throws ConfigException as {@link Keyring#load}
   */
  public LostSecrets(Path dataDirectory, Map<String, String> environment) {
    this.dataDirectory = dataDirectory;
    this.keys = Keyring.known(dataDirectory, environment);
  }

  /** Looks through a SQLite store of any version. */
  public void look(Handle tx) {
    Set<String> tables =
        tx.createQuery("SELECT name FROM sqlite_master WHERE type = 'table'")
            .mapTo(String.class)
            .set();
    for (SealedColumn column : SealedColumn.ALL) {
      if (tables.contains(column.table())) {
        column.cells(tx).forEach(cell -> look(column, cell));
      }
    }
  }

  /** Returns the ids of the keys that the secrets of a store of this version have. */
  static Set<String> keyIds(Handle tx) {
    Set<String> ids = new TreeSet<>();
    for (SealedColumn column : SealedColumn.ALL) {
      for (SealedColumn.Cell cell : column.cells(tx)) {
        if (column.isWhole(cell)) {
          Envelope.read(cell.value()).ifPresent(envelope -> ids.add(envelope.keyId()));
        } else {
          column
              .form()
              .pattern()
              .matcher(cell.value())
              .results()
              .flatMap(match -> Envelope.read(match.group(1)).stream())
              .forEach(envelope -> ids.add(envelope.keyId()));
        }
      }
    }
    return ids;
  }

  private void look(SealedColumn column, SealedColumn.Cell cell) {
    if (column.isWhole(cell)) {
      open(cell.value());
      return;
    }
    Matcher matcher = column.form().pattern().matcher(cell.value());
    while (matcher.find()) {
      open(matcher.group(1));
    }
  }

  private void open(String text) {
    Optional<Envelope> envelope = Envelope.read(text);
    boolean opens =
        envelope.isPresent()
            && keys.stream()
                .filter(key -> key.id().equals(envelope.get().keyId()))
                .anyMatch(key -> key.decrypt(envelope.get().bytes()).isPresent());
    if (!opens) {
      lost++;
      envelope.ifPresent(one -> missing.add(one.keyId()));
    }
  }

  /** Says what was found and what to do; nothing where every secret can be opened. */
  public Optional<String> sentence() {
    if (lost == 0) {
      return Optional.empty();
    }
    return Optional.of(
        (lost == 1 ? "1 secret" : lost + " secrets")
            + " of the copy cannot be opened: encrypted with the key "
            + String.join(", ", missing)
            + ", and here is "
            + (keys.isEmpty()
                ? "none"
                : String.join(", ", keys.stream().map(SealingKey::id).distinct().toList()))
            + ". Before the server starts, take the backup of "
            + KeyFile.NAME
            + " from the time of the copy and append its key to "
            + dataDirectory.resolve(KeyFile.NAME)
            + ", or give it as "
            + Keyring.OLD_VARIABLE
            + "; \"secrets rotate --forget-lost\" empties such secrets where it is gone.");
  }
}
