package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.StagingArea;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.TargetName;

/**
 * Where a stream's files and our own records of them are.
 *
 * @param root the folder that stays the same from sync to sync
 * @param own no other stream has files below the root
 * @param control the folder of our records, hidden from readers
 */
record StreamFolder(String root, boolean own, String control) {
  /** The name of the folder of our records. */
  static final String CONTROL = "_millrace";

  /** The name of the file that tells which files are the stream's. */
  static final String MANIFEST = "_manifest.json";

  static StreamFolder of(PathFormat format, LoadPlan plan) {
    String root = format.root(plan.target());
    boolean own = format.rootIsOwn();
    String control = root + CONTROL + "/";
    if (own) {
      return new StreamFolder(root, true, control);
    }
    // Another pipeline may have another stream in the same folder.
    String stream = format.pattern(plan.target()) + "\n" + plan.target().display();
    return new StreamFolder(root, false, control + SafeNames.hash(stream) + "/");
  }

  /** Returns what people call the folder of a target. */
  static String shown(PathFormat format, TargetName target) {
    return format.rootIsOwn() ? format.root(target) : format.pattern(target);
  }

  /** Returns the manifest's key. */
  String manifest() {
    return (own ? root : control) + MANIFEST;
  }

  /** Returns the folder of the commit records of a pipeline's stream. */
  String commits(LoadPlan plan) {
    return control + scope(plan) + "/commits/";
  }

  /** Returns where a pipeline's stream stages its files. */
  StagingArea staging(LoadPlan plan) {
    return new StagingArea(control + scope(plan) + "/staging/", root, mark(plan));
  }

  /** Returns the mark in the names of the files of a pipeline's stream. */
  static String mark(LoadPlan plan) {
    return FileNames.mark(plan.connectionId(), plan.stream().display());
  }

  private static String scope(LoadPlan plan) {
    return SafeNames.hash(plan.connectionId() + "\n" + plan.stream().display());
  }
}
