/**
 * A seeded simulation of whole lives of a pipeline: processes that crash, stall, are refused and
 * cancelled at any step, sources that change meanwhile, and checks of every promise after each.
 *
 * <p>Begin with {@link io.millrace.engine.simulation.SimulationTest}, which says how a seed is run
 * again. Tests of one behaviour do not belong here.
 */
@NullMarked
package io.millrace.engine.simulation;

import org.jspecify.annotations.NullMarked;
