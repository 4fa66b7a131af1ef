package io.millrace.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every file of the repository keeps to. The limits only ever go down. */
final class TidyTest {
  private static final int FILE_LINES_MAX = 400;

  /** Tests hold tables of cases. */
  private static final int TEST_FILE_LINES_MAX = 500;

  private static final int METHOD_LINES_MAX = 60;

  private static final int TEST_METHOD_LINES_MAX = 90;

  /** Files that may be longer than the limit: none. */
  private static final Set<String> LONG_FILES = Set.of();

  /** Methods that may be longer than the limit, as file:method: none. */
  private static final Set<String> LONG_METHODS = Set.of();

  /** Split, so that this file does not find itself. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$}])/(wo" + "rk|ro" + "ot|ho" + "me)/\\w");

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  private final SourceTree tree = SourceTree.find();

  @Test
  void filesAreShort() {
    List<String> tooLong = new ArrayList<>();
    for (Path file : tree.files(".java")) {
      long lines = SourceTree.read(file).lines().count();
      int max = inTests(file) ? TEST_FILE_LINES_MAX : FILE_LINES_MAX;
      if (lines > max && !LONG_FILES.contains(tree.relative(file))) {
        tooLong.add(tree.relative(file) + " has " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsAreShort() {
    List<String> tooLong = new ArrayList<>();
    for (JavaMethods.Method method : JavaMethods.of(tree.files(".java"))) {
      String name = tree.relative(method.file()) + ":" + method.name();
      int max = inTests(method.file()) ? TEST_METHOD_LINES_MAX : METHOD_LINES_MAX;
      if (method.lines() > max && !LONG_METHODS.contains(name)) {
        tooLong.add(name + " has " + method.lines() + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void theExceptionsStillExist() {
    Set<String> files = new TreeSet<>();
    tree.files(".java").forEach(file -> files.add(tree.relative(file)));
    assertThat(files).containsAll(LONG_FILES);
    assertThat(files)
        .containsAll(LONG_METHODS.stream().map(name -> name.split(":", 2)[0]).toList());
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Set<String> silent = new TreeSet<>();
    for (Path file : tree.files(".java")) {
      Path folder = file.getParent();
      if (folder != null
          && tree.relative(file).contains("src/main/java")
          && !Files.exists(folder.resolve("package-info.java"))) {
        silent.add(tree.relative(folder));
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(linesWith(UNFINISHED)).isEmpty();
  }

  @Test
  void nothingPointsIntoOneMachine() {
    assertThat(linesWith(MACHINE_PATH)).isEmpty();
  }

  @Test
  void theLicenceIsThere() {
    assertThat(tree.root().resolve("LICENSE")).content().contains("Apache License");
  }

  @Test
  void linksBetweenDocumentsLeadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path file : tree.files(".md")) {
      Matcher links = LINK.matcher(SourceTree.read(file).replaceAll("(?s)```.*?```", ""));
      while (links.find()) {
        String target = links.group(1).replaceAll("#.*", "");
        boolean outside = target.isEmpty() || target.matches("(?i)[a-z][a-z0-9+.-]*:.*");
        if (!outside && !Files.exists(file.resolveSibling(target))) {
          broken.add(tree.relative(file) + " -> " + links.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private boolean inTests(Path file) {
    return tree.relative(file).contains("src/test/java");
  }

  private List<String> linesWith(Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (String suffix :
        List.of(".java", ".md", ".yaml", ".yml", ".xml", ".sh", ".sql", ".py", "millrace")) {
      for (Path file : tree.files(suffix)) {
        List<String> lines = SourceTree.read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
          if (pattern.matcher(lines.get(i)).find()) {
            found.add(tree.relative(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    return found;
  }
}
