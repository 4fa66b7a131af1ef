package io.millrace.server.connection.schema;

import io.millrace.server.connection.Connection;
import java.util.Locale;

/** What a connection does with a change of its source's schema that does not break it. */
public enum SchemaPreference {
  /** Reports it. */
  IGNORE,
  /** Stops until somebody has looked. */
  DISABLE,
  /** Takes over what became of the fields of its streams. */
  PROPAGATE_COLUMNS,
  /** Takes over new streams and lost ones, too. */
  PROPAGATE_FULLY;

  /** The member of a connection's details. */
  public static final String MEMBER = "nonBreakingChangesPreference";

  /** Returns the Config API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the public API's name. */
  public String publicLabel() {
    return this == DISABLE ? "disable_connection" : label();
  }

  /** Tells whether changed fields are taken over. */
  public boolean propagates() {
    return this == PROPAGATE_COLUMNS || this == PROPAGATE_FULLY;
  }

  /** Tells whether people are told of a connection's changes: they are unless somebody said no. */
  public static boolean notifies(Connection connection) {
    return connection.details().path("notifySchemaChanges").asBoolean(true);
  }

  /** Returns that of a connection. */
  public static SchemaPreference of(Connection connection) {
    String label = connection.details().path(MEMBER).asText(IGNORE.label());
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
