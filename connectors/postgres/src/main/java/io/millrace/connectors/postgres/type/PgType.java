package io.millrace.connectors.postgres.type;

/**
 * A type as {@code pg_type} describes it, domains already replaced by what they are made of.
 *
 * @param oid the type's object id
 * @param typmod its modifier, -1 where there is none
 * @param name its bare name, such as {@code numeric} or {@code _int4}
 * @param kind {@code typtype}: b(ase), c(omposite), e(num), r(ange), m(ultirange), p(seudo)
 * @param category {@code typcategory}, such as A for arrays
 * @param text the type as PostgreSQL writes it ({@code format_type}), such as {@code numeric(15,2)}
 * @param output the function that prints its values, quoted and with its schema
 */
public record PgType(
    long oid, int typmod, String name, char kind, char category, String text, String output) {
  /** The name under which native types of this system travel. */
  public static final String SYSTEM = "postgresql";

  private static final int VARHDRSZ = 4;
  private static final int SCALE_BITS = 0x7ff;
  private static final int SCALE_SIGN = 1024;

  /** Tells whether values are arrays. */
  public boolean isArray() {
    return category == 'A' && kind == 'b';
  }

  /** Tells whether values are rows. */
  public boolean isComposite() {
    return kind == 'c';
  }

  /** Returns the precision of a {@code numeric}, or 0 where it is not limited. */
  public int numericPrecision() {
    return typmod < VARHDRSZ ? 0 : ((typmod - VARHDRSZ) >> 16) & 0xffff;
  }

  /** Returns the scale of a limited {@code numeric}; from version 15 on it may be negative. */
  public int numericScale() {
    return (((typmod - VARHDRSZ) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
  }
}
