package io.millrace.server.joblog.ship;

import io.millrace.server.store.Database;
import java.util.function.LongFunction;

/** Finds the connection of a job in the store. */
public record JobConnections(Database database) implements LongFunction<String> {
  @Override
  public String apply(long job) {
    return database.read(
        tx ->
            tx.createQuery("SELECT connection_id FROM job WHERE id = :id")
                .bind("id", job)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }
}
