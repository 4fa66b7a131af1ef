package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Handle;

/** Keeps who changed what. Called in the transaction of the change. */
@FunctionalInterface
public interface ChangeRecorder {
  /**
   * Records a change.
   *
   * @param entity what kind of thing was changed: {@code workspace}, {@code source}, {@code
   *     destination}, {@code setting}
   * @param id its id
   * @param action {@code create}, {@code update} or {@code delete}
   * @param version the thing after the change, its secrets masked
   * @param caller who changed it
   */
  void changed(Handle tx, String entity, String id, String action, JsonNode version, Caller caller);
}
