/**
 * {@code source-faker}: made-up users, products and purchases of a shop, the same again for the
 * same seed.
 *
 * <p>Begin with {@link io.millrace.connectors.faker.FakerSource}. Every value is computed from the
 * seed, the table, the column and the row's id alone, so that any range of rows can be made at any
 * time; nothing that depends on rows made before belongs here.
 */
@NullMarked
package io.millrace.connectors.faker;

import org.jspecify.annotations.NullMarked;
