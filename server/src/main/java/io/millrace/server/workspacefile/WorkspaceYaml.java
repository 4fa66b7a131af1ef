package io.millrace.server.workspacefile;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Aliases;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads and writes workspace files, within bounds. */
final class WorkspaceYaml {
  private static final int BYTES_MAX = 64 << 20;

  /** A configuration's own nesting, and what stands around it. */
  private static final int DEPTH_MAX = Documents.DEPTH_MAX + 16;

  private static final int ALIASES_MAX = 50;
  private static final int WIDTH = 120;

  private WorkspaceYaml() {}

  static String write(ObjectNode file) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    options.setDereferenceAliases(true);
    LinkedHashMap<String, Object> plain =
        Documents.MAPPER.convertValue(file, new TypeReference<>() {});
    return yaml(options, new Resolver()).dump(plain);
  }

  static ObjectNode read(Path file) {
    String text;
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw refused(file, "it has more than 64 MB.");
      }
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw refused(file, "there is no such file.");
    } catch (IOException e) {
      throw refused(file, "it cannot be read (" + e.getClass().getSimpleName() + ").");
    }
    Object loaded;
    try {
      Yaml yaml = yaml(new DumperOptions(), new YamlScalars.Kinds());
      refuseTags(file, yaml.parse(new StringReader(text)));
      loaded = yaml.load(text);
    } catch (MarkedYAMLException e) {
      throw refused(
          file,
          "line "
              + (e.getProblemMark().getLine() + 1)
              + ": this is not YAML: "
              + ConnectorException.outside(e.getProblem())
              + ".");
    } catch (YAMLException e) {
      throw refused(
          file, "this is not YAML: " + ConnectorException.outside(String.valueOf(e.getMessage())));
    }
    if (!Aliases.bounded(loaded)) {
      throw refused(
          file, "an alias (*name) in it stands for itself, or for far too much; write it out.");
    }
    JsonNode json = Documents.MAPPER.valueToTree(loaded);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw refused(file, "expected keys such as sources, destinations and connections.");
  }

  /** A tag makes something else of a text than stands there, without a word. */
  private static void refuseTags(Path file, Iterable<Event> events) {
    for (Event event : events) {
      String tag =
          switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
          };
      if (tag != null) {
        throw refused(
            file,
            "line "
                + (event.getStartMark().getLine() + 1)
                + ": the tag "
                + ConnectorException.outside(tag.replace(Tag.PREFIX, "!!"))
                + " is not known here; leave tags out and put a text in quotes.");
      }
    }
  }

  private static Yaml yaml(DumperOptions dumper, Resolver kinds) {
    LoaderOptions loader = new LoaderOptions();
    loader.setCodePointLimit(BYTES_MAX);
    loader.setNestingDepthLimit(DEPTH_MAX);
    loader.setMaxAliasesForCollections(ALIASES_MAX);
    loader.setAllowDuplicateKeys(false);
    loader.setAllowRecursiveKeys(false);
    return new Yaml(
        new YamlScalars.Reader(loader), new YamlScalars.Writer(dumper), dumper, loader, kinds);
  }

  private static ConfigException refused(Path file, String why) {
    return new ConfigException("workspace_file", file.getFileName() + ": " + why);
  }
}
