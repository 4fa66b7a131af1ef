package io.millrace.connectors.files.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exact set of a stream's files.
 *
 * @param files the files, by key
 * @param removing keys of files that were replaced and may still be there
 * @param syncs the last finished sync of each pipeline that writes here
 */
record Manifest(Map<String, Entry> files, Set<String> removing, Map<String, Long> syncs) {
  static final Manifest EMPTY = new Manifest(Map.of(), Set.of(), Map.of());

  private static final int VERSION = 1;

  /** A file's size. */
  record Entry(long rows, long bytes) {}

  Manifest {
    files = new LinkedHashMap<>(files);
    removing = new LinkedHashSet<>(removing);
    syncs = new LinkedHashMap<>(syncs);
  }

  /** Tells whether a pipeline's sync is finished. */
  boolean finished(String pipeline, long syncId) {
    return syncs.getOrDefault(pipeline, -1L) == syncId;
  }

  /** Returns this manifest with more files. */
  Manifest plus(List<DataFile> more) {
    Manifest sum = new Manifest(files, removing, syncs);
    more.forEach(file -> sum.files.put(file.key(), entry(file)));
    return sum;
  }

  /** Returns a manifest of these files alone. */
  Manifest replacedBy(List<DataFile> fresh, Set<String> obsolete) {
    Manifest next = new Manifest(Map.of(), obsolete, syncs);
    fresh.forEach(file -> next.files.put(file.key(), entry(file)));
    next.removing.removeAll(next.files.keySet());
    return next;
  }

  private static Entry entry(DataFile file) {
    return new Entry(file.rows(), file.staged().size());
  }

  /** Returns this manifest with a pipeline's sync finished. */
  Manifest finish(String pipeline, long syncId) {
    Manifest next = new Manifest(files, removing, syncs);
    next.syncs.put(pipeline, syncId);
    return next;
  }

  /** Returns this manifest without anything left to remove. */
  Manifest removed() {
    return new Manifest(files, Set.of(), syncs);
  }

  /** Returns the manifest as JSON, with paths that count from {@code folder}. */
  byte[] encode(String folder, Instant now) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION).put("updated_at", now.toString());
    root.put("rows", files.values().stream().mapToLong(Entry::rows).sum());
    root.put("bytes", files.values().stream().mapToLong(Entry::bytes).sum());
    ArrayNode list = root.putArray("files");
    files.forEach(
        (key, entry) ->
            list.addObject()
                .put("path", key.substring(folder.length()))
                .put("rows", entry.rows())
                .put("bytes", entry.bytes()));
    ArrayNode old = root.putArray("removing");
    removing.forEach(key -> old.add(key.substring(folder.length())));
    ObjectNode done = root.putObject("finished_syncs");
    syncs.forEach(done::put);
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads what {@link #encode} wrote. */
  static Manifest decode(String name, String folder, byte[] content) {
    try {
      JsonNode root = Json.MAPPER.readTree(content);
      if (root.path("version").asInt() == VERSION) {
        Map<String, Entry> files = new LinkedHashMap<>();
        for (JsonNode file : root.path("files")) {
          files.put(
              folder + file.path("path").asText(),
              new Entry(file.path("rows").asLong(), file.path("bytes").asLong()));
        }
        List<String> removing = new ArrayList<>();
        root.path("removing").forEach(path -> removing.add(folder + path.asText()));
        Map<String, Long> syncs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> sync : root.path("finished_syncs").properties()) {
          syncs.put(sync.getKey(), sync.getValue().asLong());
        }
        return new Manifest(files, new LinkedHashSet<>(removing), syncs);
      }
    } catch (IOException e) {
      // Told below.
    }
    throw new ConfigException(
        "manifest_unreadable",
        "The file "
            + name
            + " is not a manifest that this version knows. Remove it, or choose"
            + " another folder.");
  }
}
