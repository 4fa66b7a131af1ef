package io.millrace.connectors.files.store;

/**
 * What the unpublished objects of one writer have in common, so that leftovers of a killed process
 * are found again without touching those of others.
 *
 * @param folder a folder for this writer alone, with a hidden part in its path; ends with {@code /}
 * @param keyPrefix every staged key begins with it
 * @param mark every staged key holds it in its last part
 */
public record StagingArea(String folder, String keyPrefix, String mark) {
  /** Tells whether an object of this name belongs to the area. */
  boolean owns(String key) {
    return key.startsWith(keyPrefix) && key.substring(key.lastIndexOf('/') + 1).contains(mark);
  }
}
