/**
 * The contract of sources as suites of tests that every source passes.
 *
 * <p>Implement {@link io.millrace.testkit.contract.source.SourceContract} in a test class, or its
 * single suites while a connector grows, and give a {@link
 * io.millrace.testkit.contract.source.SourceFixture}. {@link
 * io.millrace.testkit.contract.source.Reading} reads as the engine does. Nothing about one system
 * belongs here.
 */
@NullMarked
package io.millrace.testkit.contract.source;

import org.jspecify.annotations.NullMarked;
