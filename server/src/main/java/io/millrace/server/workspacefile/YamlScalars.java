package io.millrace.server.workspacefile;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** How texts and numbers stand in a workspace file, so that each is read as it was written. */
final class YamlScalars {
  private YamlScalars() {}

  /** Writes a text of anything but letters, signs, spaces and line feeds in quotes, escaped. */
  static final class Writer extends Representer {
    Writer(DumperOptions options) {
      super(options);
      representers.put(
          String.class, text -> representScalar(Tag.STR, (String) text, style((String) text)));
    }

    private static ScalarStyle style(String text) {
      if (!text.codePoints().allMatch(Writer::ordinary)) {
        return ScalarStyle.DOUBLE_QUOTED;
      }
      return text.indexOf('\n') < 0 ? ScalarStyle.PLAIN : ScalarStyle.LITERAL;
    }

    private static boolean ordinary(int codePoint) {
      return switch (Character.getType(codePoint)) {
        case Character.SPACE_SEPARATOR -> codePoint == ' ';
        case Character.CONTROL -> codePoint == '\n';
        case Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.PRIVATE_USE,
            Character.SURROGATE,
            Character.UNASSIGNED ->
            false;
        default -> true;
      };
    }
  }

  /** Reads numbers with all their digits. */
  static final class Reader extends SafeConstructor {
    Reader(LoaderOptions options) {
      super(options);
      Construct binary = Objects.requireNonNull(yamlConstructors.get(Tag.FLOAT));
      yamlConstructors.put(
          Tag.FLOAT,
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              String digits = constructScalar((ScalarNode) node).replace("_", "");
              try {
                return new BigDecimal(digits);
              } catch (NumberFormatException e) {
                // Such as .inf or 190:20:30.15.
                return binary.construct(node);
              }
            }
          });
    }
  }

  /** Knows null, truth values and numbers; a date is the text that stands there. */
  static final class Kinds extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, @Nullable String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }
}
