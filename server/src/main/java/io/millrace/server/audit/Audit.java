package io.millrace.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Caller;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Keeps who changed what. Thread-safe. */
public final class Audit {
  /** The kinds of things whose changes are kept. */
  public static final List<String> ENTITIES =
      List.of("workspace", "source", "destination", "connection", "action", "setting", "key");

  private final ChangeStore store = new ChangeStore();
  private final Clock clock;

  /** Makes it. */
  public Audit(Clock clock) {
    this.clock = clock;
  }

  /**
   * Keeps a change, in the transaction that makes it.
   *
   * @param entity what kind of thing, one of {@link #ENTITIES}
   * @param id its id; of actions that of their connection
   * @param action {@code create}, {@code update} or {@code delete}
   * @param maskedVersion the thing after the change, as the API shows it, without secrets
   * @param caller who makes it
   */
  public void changed(
      Handle tx, String entity, String id, String action, JsonNode maskedVersion, Caller caller) {
    store.insert(tx, entity, id, action, maskedVersion, caller.name(), clock.instant());
  }

  /** Masks what is kept already of things of a kind, where a new rule makes more of it secret. */
  public void mask(Handle tx, String entity, UnaryOperator<ObjectNode> mask) {
    store.replace(tx, entity, mask);
  }
}
