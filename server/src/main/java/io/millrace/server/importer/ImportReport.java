package io.millrace.server.importer;

import java.util.List;

/**
 * What came of taking a workspace over.
 *
 * @param made what was made, a line each
 * @param kept what was there already under the same name, a line each
 * @param secrets the secrets that must be set by hand, since the old server shows none
 * @param left what could not be taken over, with the reason
 */
public record ImportReport(
    List<String> made, List<String> kept, List<String> secrets, List<String> left) {
  public ImportReport {
    made = List.copyOf(made);
    kept = List.copyOf(kept);
    secrets = List.copyOf(secrets);
    left = List.copyOf(left);
  }
}
