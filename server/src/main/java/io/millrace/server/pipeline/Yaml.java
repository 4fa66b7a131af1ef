package io.millrace.server.pipeline;

import io.millrace.server.json.Aliases;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML (and so JSON) into plain maps, lists and texts.
 *
 * <p>A plain scalar stays the text that was typed, so that a password of {@code 0123}, a version of
 * {@code 1.10} or a country of {@code no} arrive as they are; whoever wants a number parses it.
 * Size, depth and aliases are bounded.
 */
final class Yaml {
  private static final int BYTES_MAX = 16 << 20;
  private static final int DEPTH_MAX = 50;
  private static final int ALIASES_MAX = 50;

  private Yaml() {}

  /** Reads a file; null when it is empty. A mistake ends it. */
  static @Nullable Object read(Path file, Mistakes mistakes) {
    try {
      if (Files.isDirectory(file)) {
        throw mistakes.alone("this is a folder; a pipeline is a file.");
      }
      if (Files.size(file) > BYTES_MAX) {
        throw mistakes.alone("a pipeline has at most 16 MB.");
      }
      return parse(Files.readString(file), "YAML", mistakes);
    } catch (NoSuchFileException e) {
      throw mistakes.alone("there is no such file (looked in " + folder(file) + ").");
    } catch (CharacterCodingException e) {
      throw mistakes.alone("the file is not UTF-8 text.");
    } catch (IOException e) {
      throw mistakes.alone(
          "the file cannot be read (" + ConnectorException.outside(e.toString()) + ").");
    }
  }

  /**
   * Reads a text; null when it is empty.
   *
   * @param language what it is said not to be: YAML, or JSON, which is YAML too
   */
  static @Nullable Object parse(String text, String language, Mistakes mistakes) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(BYTES_MAX);
    options.setNestingDepthLimit(DEPTH_MAX);
    options.setMaxAliasesForCollections(ALIASES_MAX);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    DumperOptions unused = new DumperOptions();
    try {
      Object loaded =
          new org.yaml.snakeyaml.Yaml(
                  new SafeConstructor(options),
                  new Representer(unused),
                  unused,
                  options,
                  new AsTyped())
              .load(text);
      if (!Aliases.bounded(loaded)) {
        throw mistakes.alone(
            "an alias (*name) in it stands for itself, or for far too much; write it out.");
      }
      return loaded;
    } catch (MarkedYAMLException e) {
      throw mistakes.alone(sentence(e, language));
    } catch (YAMLException e) {
      throw mistakes.alone(
          "this is not " + language + ": " + ConnectorException.outside(e.getMessage()) + ".");
    }
  }

  private static String sentence(MarkedYAMLException e, String language) {
    Mark mark = e.getProblemMark();
    String where =
        mark == null
            ? ""
            : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    return where
        + "this is not "
        + language
        + ": "
        + ConnectorException.outside(e.getProblem())
        + ".";
  }

  private static String folder(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return String.valueOf(parent);
  }

  /** Knows null and the merge key; everything else is text. */
  private static final class AsTyped extends Resolver {
    private static final Pattern NULL = Pattern.compile("^(?:~|null|Null|NULL| )$");

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
      addImplicitResolver(Tag.NULL, NULL, "~nN\0", 10);
      addImplicitResolver(Tag.NULL, EMPTY, null, 10);
    }
  }
}
