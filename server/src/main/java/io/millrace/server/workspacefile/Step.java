package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change that applying a file makes. */
public sealed interface Step {
  /** Returns the change in words, for people. */
  String text();

  /** Returns what is to be known before it is made, a sentence each. */
  default List<String> warnings() {
    return List.of();
  }

  /** The workspace's own settings change. */
  record ChangeWorkspace(ObjectNode entry, List<String> keys) implements Step {
    @Override
    public String text() {
      return "~ workspace: " + String.join(", ", keys);
    }
  }

  /** A tag is made. */
  record AddTag(String name, String color) implements Step {
    @Override
    public String text() {
      return "+ tag " + name;
    }
  }

  /**
   * A source or destination is made or changed.
   *
   * @param id of what there is, or null
   * @param keys what changes
   */
  record PutActor(Side side, @Nullable String id, ObjectNode entry, List<String> keys)
      implements Step {
    @Override
    public String text() {
      return mark(id) + side.label() + " " + entry.path("name").asText() + changes(id, keys);
    }
  }

  /**
   * A connection is made or changed.
   *
   * @param id of what there is, or null
   * @param keys what changes
   * @param warnings the streams that would land where those of other connections do
   */
  record PutConnection(
      @Nullable String id, ObjectNode entry, List<String> keys, List<String> warnings)
      implements Step {
    @Override
    public String text() {
      return mark(id) + "connection " + entry.path("name").asText() + changes(id, keys);
    }
  }

  /**
   * What follows a connection's jobs changes, once every connection is there.
   *
   * @param connection its name
   * @param keys the outcomes that change
   */
  record PutActions(String connection, ObjectNode entry, List<String> keys) implements Step {
    @Override
    public String text() {
      return "~ connection " + connection + ": " + String.join(", ", keys);
    }
  }

  /** Something that the file does not name is deleted. */
  record Delete(String kind, String id, String name) implements Step {
    @Override
    public String text() {
      return "- " + kind + " " + name;
    }
  }

  private static String mark(@Nullable String id) {
    return id == null ? "+ " : "~ ";
  }

  private static String changes(@Nullable String id, List<String> keys) {
    return id == null ? "" : ": " + String.join(", ", keys);
  }
}
