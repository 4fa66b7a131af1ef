/**
 * Configuration declared once, as annotated records: from it come the JSON-schema spec, validation
 * with one message per wrong field, the docs table and the command line's help.
 *
 * <p>Begin with {@link io.millrace.spi.config.Field}. Values travel as plain maps, lists, strings,
 * numbers and booleans, so that no JSON library is part of the contract.
 */
@NullMarked
package io.millrace.spi.config;

import org.jspecify.annotations.NullMarked;
