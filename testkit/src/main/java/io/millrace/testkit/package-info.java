/**
 * Everything tests of connectors and of the engine share.
 *
 * <p>Begin with {@link io.millrace.testkit.TestContext}; the packages below hold Arrow helpers,
 * correct fakes with faults on demand, and the contract suites. Only tests depend on this module,
 * and it depends on the SPI alone.
 */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
