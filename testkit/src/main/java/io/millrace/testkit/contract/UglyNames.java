package io.millrace.testkit.contract;

import java.util.List;

/** Names that break what is not quoted, counted or hashed with care. */
public final class UglyNames {
  /** Names that every system with quoted identifiers can carry. */
  public static final List<String> ALL =
      List.of(
          "Emoji 🚀 Ünïcödé",
          "İstanbul ıĞ",
          "dots.in.name",
          "double\"quote",
          "single'quote",
          "back\\slash",
          "per%cent %s",
          "semi;colon--comment",
          "select",
          "1leading digit",
          "dollar$ ${x}",
          "brackets[0](1){2}",
          "comma,and:colon",
          "UPPER",
          "upper");

  /** Two long names that differ in their last character alone. */
  public static final List<String> LONG =
      List.of("long_".repeat(40) + "a", "long_".repeat(40) + "b");

  /** Two long names of an alphabet whose letters take three bytes, equal in their first 190. */
  public static final List<String> LONG_WIDE = List.of("表".repeat(63) + "一", "表".repeat(63) + "二");

  private UglyNames() {}
}
