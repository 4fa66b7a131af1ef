package io.millrace.connectors.faker;

import static io.millrace.connectors.faker.Texts.digits;
import static io.millrace.connectors.faker.Texts.id;
import static io.millrace.connectors.faker.Texts.literal;
import static io.millrace.connectors.faker.Texts.number;
import static io.millrace.connectors.faker.Texts.word;

import java.util.List;

/** The columns of users, named as in Airbyte's {@code source-faker}. */
final class Users {
  private static final String TABLE = "users";
  private static final String TIMES = "users.times";
  private static final int AGE_MIN = 16;
  private static final int AGE_BOUND = 67;
  private static final int WEIGHT_KG_MIN = 38;
  private static final int WEIGHT_KG_BOUND = 91;

  private Users() {}

  static List<Column> columns() {
    return List.of(
        Column.id(),
        Column.moment("created_at", TIMES, (key, id, slice) -> Times.created(key, id)),
        Column.moment("updated_at", TIMES, Times::updated),
        Column.text(TABLE, "name", 6, word(Words.FIRST_NAMES)),
        Column.text(TABLE, "title", 4, word(Words.TITLES)),
        Column.whole("age", "users.age", (key, id, slice) -> between(key, id, AGE_MIN, AGE_BOUND)),
        Column.text(
            TABLE,
            "email",
            30,
            word(Words.NOUNS),
            number(1800, 2080),
            literal("+"),
            id(),
            literal("@"),
            word(Words.MAIL_DOMAINS)),
        Column.text(
            TABLE,
            "telephone",
            16,
            literal("+1-("),
            digits(3),
            literal(")-"),
            digits(3),
            literal("-"),
            digits(4)),
        Column.text(TABLE, "gender", 5, word(Words.GENDERS)),
        Column.text(TABLE, "language", 8, word(Words.LANGUAGES)),
        Column.text(TABLE, "academic_degree", 7, word(Words.DEGREES)),
        Column.text(TABLE, "nationality", 8, word(Words.NATIONALITIES)),
        Column.text(TABLE, "occupation", 12, word(Words.OCCUPATIONS)),
        Column.text(TABLE, "height", 4, literal("1."), number(50, 100)),
        Column.text(TABLE, "blood_type", 4, word(Words.BLOOD_TYPES)),
        Column.whole(
            "weight",
            "users.weight",
            (key, id, slice) -> between(key, id, WEIGHT_KG_MIN, WEIGHT_KG_BOUND)),
        Structs.column("address", address()));
  }

  private static List<Column> address() {
    String table = "users.address";
    return List.of(
        Column.text(table, "street_number", 4, number(1, 1500)),
        Column.text(
            table, "street_name", 14, word(Words.STREETS), literal(" "), word(Words.STREET_KINDS)),
        Column.text(table, "city", 9, word(Words.CITIES)),
        Column.text(table, "state", 9, word(Words.STATES)),
        Column.text(table, "province", 9, word(Words.STATES)),
        Column.text(table, "postal_code", 5, digits(5)),
        Column.text(table, "country_code", 2, word(Words.COUNTRY_CODES)));
  }

  private static long between(long key, long id, int min, int bound) {
    return min + Mix.below(Mix.at(key, id), bound - min);
  }
}
