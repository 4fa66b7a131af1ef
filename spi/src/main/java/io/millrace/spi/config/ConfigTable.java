package io.millrace.spi.config;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The options of a connector as Markdown, for its page in the documents. */
public final class ConfigTable {
  private final StringBuilder out = new StringBuilder();

  private ConfigTable() {}

  /**
   * Returns the table of options, a section for each option that is an object or a choice, and the
   * connector in a pipeline and as a URI. The text ends with a line break.
   */
  public static String markdown(ConnectorDefinition<?> connector) {
    ConfigTable table = new ConfigTable();
    RecordModel model = RecordModel.of(connector.configType());
    table.out.append("## Options\n\n");
    table.options(model, "");
    table.sections(model, "");
    table.examples(connector);
    return table.out.toString();
  }

  /** Returns plain values with which the connector's example is written; see {@link Example}. */
  public static Map<String, Object> example(ConnectorDefinition<?> connector) {
    return Example.of(RecordModel.of(connector.configType()));
  }

  private void options(RecordModel model, String prefix) {
    if (model.components().isEmpty()) {
      return;
    }
    out.append("| Key | Type | Required | Default | Meaning |\n|---|---|---|---|---|\n");
    for (Component component : model.components()) {
      Field field = component.field();
      row(
          "`" + prefix + component.key() + "`",
          Kinds.of(component.shape()),
          component.required() ? "yes" : "",
          component.orElse() == null ? "" : "`" + component.orElseText() + "`",
          meaning(component, field));
    }
    out.append('\n');
  }

  private static String meaning(Component component, Field field) {
    List<String> parts = new ArrayList<>();
    parts.add("**" + field.title() + ".**");
    parts.add(prose(field.help()));
    if (component.shape() instanceof Shape.Constants constants) {
      constants.all().forEach(constant -> parts.add(choice(constant.choice())));
    }
    if (field.examples().length > 0) {
      parts.add("For example `" + String.join("`, `", field.examples()) + "`.");
    }
    if (!component.aliases().isEmpty()) {
      parts.add("Also read as `" + String.join("`, `", component.aliases()) + "`.");
    }
    if (field.advanced()) {
      parts.add("(Advanced.)");
    }
    parts.removeIf(String::isEmpty);
    return String.join(" ", parts);
  }

  private static String choice(Choice choice) {
    String help = choice.help().isEmpty() ? "." : ": " + prose(choice.help());
    return "`" + choice.value() + "`: " + choice.title() + help;
  }

  /** Help is plain text: what Markdown would take for marks stays as it is. */
  private static String prose(String help) {
    return help.replace("*", "\\*").replace("<", "&lt;");
  }

  private void row(String... cells) {
    for (String cell : cells) {
      String text = cell.replaceAll("\\s+", " ").replace("|", "\\|");
      out.append(text.isEmpty() ? "| " : "| " + text + " ");
    }
    out.append("|\n");
  }

  private void sections(RecordModel model, String prefix) {
    for (Component component : model.components()) {
      String path = prefix + component.key();
      Shape shape = component.shape();
      if (shape instanceof Shape.Items(Shape element, long ignored, long alsoIgnored)) {
        shape = element;
        path += "[]";
      }
      if (shape instanceof Shape.Section(RecordModel inner)) {
        heading(path, component);
        options(inner, "");
        sections(inner, path + ".");
      } else if (shape instanceof Shape.Alternatives alternatives) {
        heading(path, component);
        alternatives(alternatives, path);
      }
    }
  }

  private void heading(String path, Component component) {
    String help = component.field().help();
    out.append("### `").append(path).append("`\n\n");
    out.append(component.field().title()).append('.');
    out.append(help.isEmpty() ? "" : " " + prose(help)).append("\n\n");
  }

  private void alternatives(Shape.Alternatives alternatives, String path) {
    for (Shape.Alternative alternative : alternatives.all()) {
      Choice choice = alternative.choice();
      out.append("**`").append(alternatives.discriminator()).append(": ");
      out.append(choice.value()).append("`** - ").append(choice.title()).append('.');
      out.append(choice.help().isEmpty() ? "" : " " + prose(choice.help())).append("\n\n");
      options(alternative.model(), "");
      sections(alternative.model(), path + ".");
    }
  }

  private void examples(ConnectorDefinition<?> connector) {
    String role = connector instanceof SourceDefinition<?> ? "source" : "destination";
    out.append("## Example\n\nIn a pipeline:\n\n```yaml\n");
    out.append(role).append(":\n  connector: ").append(connector.info().name()).append('\n');
    Map<String, Object> values = example(connector);
    if (!values.isEmpty()) {
      out.append("  config:\n");
      Example.yaml(out, values, 4);
    }
    out.append("```\n\nOn the command line:\n\n```\n");
    out.append(connector.uriForm().example()).append("\n```\n");
  }
}
