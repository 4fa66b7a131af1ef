package io.millrace.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a configuration record. Every component has one.
 *
 * <p>The field's key is the component's name in snake_case. Component types: {@code String}, {@code
 * int}, {@code long}, {@code double}, {@code boolean}, an enum (its constants carry {@link
 * Choice}), {@link Secret}, {@link JsonText}, another such record, a sealed interface of such
 * records (with {@link Discriminator}), {@code List} of these, {@code Map<String, String>}, or
 * {@code Optional} of any of them. The order of components is the order in forms and docs.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
  /** The value of {@link #orElse} that means: there is no default. */
  String NONE = "\0";

  /** The key, where it is not the component's name in snake_case. */
  String key() default "";

  /** A short label for forms. */
  String title();

  /** One or two sentences: what it does, what to enter. */
  String help() default "";

  /**
   * The default as text, in the form a user would type it: a number, {@code true}, an enum's value,
   * a choice's discriminator value, {@code []}. Without it a field that is not {@code Optional} is
   * required.
   */
  String orElse() default NONE;

  /** The smallest number, or the smallest number of items. */
  long min() default Long.MIN_VALUE;

  /** The largest number, or the largest number of items. */
  long max() default Long.MAX_VALUE;

  /** A regular expression the whole text must match; in a list, the text of each item. */
  String pattern() default "";

  /** Examples as a user would type them; each must be valid. */
  String[] examples() default {};

  /** The text may have several lines (keys, certificates). */
  boolean multiline() default false;

  /** Shown under "advanced" in forms and docs. */
  boolean advanced() default false;

  /** Older keys that are still read. */
  String[] aliases() default {};
}
