package io.millrace.server;

import java.util.Objects;

/** The program's version. */
public final class Version {
  /** As the program's jar says it; {@code development} where it runs without one. */
  public static final String TEXT =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "development");

  private Version() {}
}
