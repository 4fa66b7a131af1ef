/**
 * A source and a destination in memory that keep the whole contract, and misbehave only on demand.
 *
 * <p>Begin with {@link io.millrace.testkit.fake.FakeSource} and {@link
 * io.millrace.testkit.fake.FakeDestination}. What a real system would hold on its disks lives in
 * {@link io.millrace.testkit.fake.FakeDatabase} and {@link io.millrace.testkit.fake.FakeStore},
 * which survive a {@link io.millrace.testkit.fake.SimulatedCrash}. Fakes that break the contract do
 * not belong here.
 */
@NullMarked
package io.millrace.testkit.fake;

import org.jspecify.annotations.NullMarked;
