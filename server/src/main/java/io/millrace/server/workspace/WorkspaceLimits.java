package io.millrace.server.workspace;

import io.millrace.server.environment.Variables;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import java.util.Map;

/**
 * How much a workspace may hold.
 *
 * @param connections so many connections
 * @param sources so many sources
 * @param destinations so many destinations
 * @param fields so many selected fields in all streams of one connection
 */
public record WorkspaceLimits(long connections, long sources, long destinations, long fields) {
  /** The variables that set the limits. */
  public static final String CONNECTIONS_MAX = "MILLRACE_CONNECTIONS_MAX";

  public static final String SOURCES_MAX = "MILLRACE_SOURCES_MAX";
  public static final String DESTINATIONS_MAX = "MILLRACE_DESTINATIONS_MAX";
  public static final String CONNECTION_FIELDS_MAX = "MILLRACE_CONNECTION_FIELDS_MAX";

  /** The usual limits. */
  public static final WorkspaceLimits DEFAULT = of(Map.of());

  /**
   * Reads {@code MILLRACE_CONNECTIONS_MAX}, {@code MILLRACE_SOURCES_MAX}, {@code
   * MILLRACE_DESTINATIONS_MAX} and {@code MILLRACE_CONNECTION_FIELDS_MAX}.
   *
   * @throws io.millrace.spi.ConfigException when one is no number
   */
  public static WorkspaceLimits of(Map<String, String> environment) {
    Variables set = new Variables(environment);
    return new WorkspaceLimits(
        set.number(CONNECTIONS_MAX, 10_000),
        set.number(SOURCES_MAX, 10_000),
        set.number(DESTINATIONS_MAX, 10_000),
        set.number(CONNECTION_FIELDS_MAX, 20_000));
  }

  /**
   * Refuses one more where a workspace is full.
   *
   * @param kind what it would be, for the message: {@code source}
   * @throws ApiException 400
   */
  public static void refuseMore(String kind, long known, long limit, String setting) {
    if (known >= limit) {
      throw new ApiException(
          Fault.BAD_REQUEST,
          "The workspace has "
              + known
              + " "
              + kind
              + "s, and "
              + limit
              + " is the most; delete some, or raise "
              + setting
              + " of the server.");
    }
  }
}
