package io.millrace.connectors.files.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.files.store.StagedObject;
import io.millrace.spi.Commit;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a commit durable: one small object, written in one step, that names the files of the
 * commit. Once it is there, the files count, whether they are published yet or not.
 *
 * @param commit the commit
 * @param staged the files wait for the end of the sync
 * @param files the files, which may be none
 */
record CommitRecord(Commit commit, boolean staged, List<DataFile> files) {
  private static final int VERSION = 1;

  CommitRecord {
    files = List.copyOf(files);
  }

  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  byte[] encode() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("version", VERSION).put("commit", commit.encode()).put("staged", staged);
    ArrayNode list = record.putArray("files");
    for (DataFile file : files) {
      list.addObject()
          .put("key", file.key())
          .put("token", file.staged().token())
          .put("bytes", file.staged().size())
          .put("rows", file.rows());
    }
    try {
      return Json.MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param name the object's name, for the message
   */
  static CommitRecord decode(String name, byte[] content) {
    try {
      JsonNode record = Json.MAPPER.readTree(content);
      if (record.path("version").asInt() == VERSION) {
        List<DataFile> files = new ArrayList<>();
        for (JsonNode file : record.path("files")) {
          files.add(
              new DataFile(
                  new StagedObject(
                      file.path("key").asText(),
                      file.path("token").asText(),
                      file.path("bytes").asLong()),
                  file.path("rows").asLong()));
        }
        return new CommitRecord(
            Commit.decode(record.path("commit").asText()),
            record.path("staged").asBoolean(),
            files);
      }
    } catch (IOException e) {
      // Told below.
    }
    throw new SystemException(
        "commit_unreadable",
        "The commit record " + name + " has a form this version does not know.");
  }
}
