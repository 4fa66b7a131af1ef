package io.millrace.server.importer;

import java.util.ArrayList;
import java.util.List;

/** What came of taking a workspace over, a line each. */
public final class ImportReport {
  private final List<String> made = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  ImportReport() {}

  void made(String line) {
    made.add(line);
  }

  void kept(String line) {
    kept.add(line);
  }

  void secret(String line) {
    secrets.add(line);
  }

  void left(String line) {
    left.add(line);
  }

  /** Returns what was made. */
  public List<String> made() {
    return List.copyOf(made);
  }

  /** Returns what was there already under the same name. */
  public List<String> kept() {
    return List.copyOf(kept);
  }

  /** Returns the secrets that must be set by hand, since the old server shows none. */
  public List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** Returns what could not be taken over, with the reason. */
  public List<String> left() {
    return List.copyOf(left);
  }
}
