package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.StagedObject;

/**
 * A file of a commit.
 *
 * @param staged the file as the store knows it
 * @param rows the rows in it
 */
record DataFile(StagedObject staged, long rows) {
  String key() {
    return staged.key();
  }
}
