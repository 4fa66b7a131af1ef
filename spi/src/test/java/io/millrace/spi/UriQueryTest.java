package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UriQueryTest {
  private static final Map<String, String> OTHER_NAMES = Map.of("mode", "ssl_mode");

  @Test
  void readsTextAndLists() {
    assertThat(fields("mode=a%20b&c+d=e&&flag&list=x"))
        .isEqualTo(Map.of("ssl_mode", "a b", "c+d", "e", "flag", "", "list", List.of("x")));
  }

  @Test
  void gathersWhatAListIsGivenSeveralTimes() {
    assertThat(fields("list=a,b&list=c")).isEqualTo(Map.of("list", List.of("a", "b", "c")));
  }

  @Test
  void refusesASecondValueWhereOneBelongsAndShowsNone() {
    for (String query : List.of("password=one&password=two", "mode=one&ssl_mode=two")) {
      assertThatThrownBy(() -> fields(query))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("more than once")
          .hasMessageNotContainingAny("one\"", "two");
    }
  }

  @Test
  void refusesAPercentSignAlone() {
    assertThatThrownBy(() -> fields("password=100%"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("%25")
        .hasMessageNotContaining("100");
  }

  private static Map<String, Object> fields(String query) {
    return UriQuery.fields(UriQuery.parameters(query), OTHER_NAMES, Set.of("list"));
  }
}
