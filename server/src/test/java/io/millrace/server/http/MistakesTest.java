package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MistakesTest {
  @Test
  void othersAreAboutOtherFieldsNotAboutOtherTexts() {
    Mistakes named = new Mistakes();
    named.add(mistake("streams[1].name"));
    named.add(mistake("key"));
    Mistakes others = new Mistakes();
    List.of("streams[1]", "streams[1].name.first", "streams[11].name", "keys", "key[0]", "ke")
        .forEach(path -> others.add(mistake(path)));
    named.addOthers(others);
    ApiException thrown = catchThrowableOfType(ApiException.class, named::check);
    assertThat(thrown.sentence())
        .contains("streams[1].name: ", "key: ", "streams[11].name: ", "keys: ", "ke: ")
        .doesNotContain("streams[1]: ", "streams[1].name.first", "key[0]");
  }

  private static Mistake mistake(String path) {
    return new Mistake(path, null, "something else");
  }
}
