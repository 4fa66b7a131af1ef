/**
 * The worked example of the guide docs/guides/write-a-connector.md: a small, complete source that
 * passes the contract.
 *
 * <p>Begin with {@link io.millrace.testkit.example.TsvConfig}. Tests quote it in the guide, so what
 * would not help a first reader does not belong here.
 */
@NullMarked
package io.millrace.testkit.example;

import org.jspecify.annotations.NullMarked;
