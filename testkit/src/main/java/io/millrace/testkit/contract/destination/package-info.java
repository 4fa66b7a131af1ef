/**
 * The contract of destinations as suites of tests that every destination passes.
 *
 * <p>Implement {@link io.millrace.testkit.contract.destination.DestinationContract} in a test
 * class, or its single suites while a connector grows, and give a {@link
 * io.millrace.testkit.contract.destination.DestinationFixture}. {@link
 * io.millrace.testkit.contract.destination.Load} writes as the engine does. Nothing about one
 * system belongs here.
 */
@NullMarked
package io.millrace.testkit.contract.destination;

import org.jspecify.annotations.NullMarked;
