package io.millrace.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names one alternative: a record of a sealed interface, or a constant of an enum.
 *
 * <p>Where a sealed interface is expected, a user may give the bare value as text instead of an
 * object if the alternative has no required field of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Choice {
  /** The value that selects it. */
  String value();

  /** A short label for forms. */
  String title();

  /** One or two sentences: when to choose it. */
  String help() default "";
}
