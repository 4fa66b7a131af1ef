package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.StreamName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamPatternTest {
  @ParameterizedTest
  @CsvSource({
    "public.orders, public, orders, true",
    "public.orders, public, orders2, false",
    "public.*, public, a.b, true",
    "public.*, other, a, false",
    "*.orders, any, orders, true",
    "orders, any, orders, true",
    "ord*, any, orders, true",
    "a.b.c, a, b.c, true",
    "pub.(x), pub, (x), true",
    "public.ORDERS, public, orders, false",
  })
  void matchesByNamespaceAndName(String pattern, String namespace, String name, boolean matches) {
    assertThat(StreamPattern.parse(pattern).matches(new StreamName(namespace, name)))
        .isEqualTo(matches);
  }

  @Test
  void matchesWholeNamesWhereTheSourceHasNoNamespaces() {
    assertThat(StreamPattern.parse("a.b").matches(new StreamName(null, "a.b"))).isTrue();
    assertThat(StreamPattern.parse("a.*").matches(new StreamName(null, "a.b"))).isTrue();
    assertThat(StreamPattern.parse("users").matches(new StreamName(null, "users"))).isTrue();
  }

  @Test
  void exactFormTakesDotsAndStarsAsTheyAre() {
    StreamPattern exact = StreamPattern.exactly(new StreamName("a.b", "c*.\\Ed"));

    assertThat(exact.matches(new StreamName("a.b", "c*.\\Ed"))).isTrue();
    assertThat(exact.matches(new StreamName("a.b", "cx.\\Ed"))).isFalse();
    assertThat(exact.matches(new StreamName("a", "b.c*.\\Ed"))).isFalse();
    assertThat(exact.exact()).isTrue();
  }

  @Test
  void onlyAPatternWithoutStarsNamesOneStream() {
    assertThat(StreamPattern.parse("public.orders").exact()).isTrue();
    assertThat(StreamPattern.parse("public.*").exact()).isFalse();
  }
}
