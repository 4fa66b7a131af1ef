package io.millrace.server.workspacefile;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Aliases;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Reads and writes workspace files, within bounds. */
final class WorkspaceYaml {
  private static final int BYTES_MAX = 64 << 20;
  private static final int DEPTH_MAX = 50;
  private static final int ALIASES_MAX = 50;
  private static final int WIDTH = 120;

  private WorkspaceYaml() {}

  static String write(ObjectNode file) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    LinkedHashMap<String, Object> plain =
        Documents.MAPPER.convertValue(file, new TypeReference<>() {});
    return yaml(options).dump(plain);
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
      loaded = yaml(new DumperOptions()).load(text);
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

  private static Yaml yaml(DumperOptions dumper) {
    LoaderOptions loader = new LoaderOptions();
    loader.setCodePointLimit(BYTES_MAX);
    loader.setNestingDepthLimit(DEPTH_MAX);
    loader.setMaxAliasesForCollections(ALIASES_MAX);
    loader.setAllowDuplicateKeys(false);
    loader.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(loader), new Representer(dumper), dumper, loader);
  }

  private static ConfigException refused(Path file, String why) {
    return new ConfigException("workspace_file", file.getFileName() + ": " + why);
  }
}
