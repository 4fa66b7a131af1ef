package io.millrace.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide quotes is what runs. */
final class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guides", "write-a-connector.md");
  private static final Path CODE =
      Path.of("src", "test", "java", "io", "millrace", "testkit", "example");
  private static final Pattern QUOTE =
      Pattern.compile("<!-- (\\w+\\.java) -->\n```java\n(.*?)\n```\n", Pattern.DOTALL);

  @Test
  void quotesTheExampleToTheLetter() throws IOException {
    String guide = Files.readString(GUIDE);
    List<String> quoted = new ArrayList<>();
    Matcher quote = QUOTE.matcher(guide);
    while (quote.find()) {
      quoted.add(quote.group(1));
      assertThat(Files.readString(CODE.resolve(quote.group(1))))
          .as("what the guide quotes of %s", quote.group(1))
          .contains(quote.group(2));
    }
    assertThat(quoted).hasSize(guide.split("```java", -1).length - 1).hasSizeGreaterThan(5);
  }
}
