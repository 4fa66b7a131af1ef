package io.millrace.server.workspace;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Single values of this installation, by name. Stateless. */
public final class SettingStore {
  /** Returns a value. */
  public Optional<String> find(Handle tx, String name) {
    return tx.createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne();
  }

  /** Sets a value. */
  public void put(Handle tx, String name, String value) {
    tx.createUpdate(
            "INSERT INTO setting (name, value) VALUES (:name, :value)"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind("name", name)
        .bind("value", value)
        .execute();
  }
}
