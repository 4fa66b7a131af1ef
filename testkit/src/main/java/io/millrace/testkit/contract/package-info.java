/**
 * What the contract suites of sources and destinations share: ugly values, comparisons with clear
 * words, the table of types, and the checks of a connector's declaration.
 *
 * <p>A connector's test implements {@link io.millrace.testkit.contract.source.SourceContract} or
 * {@link io.millrace.testkit.contract.destination.DestinationContract}. The suites drive the SPI as
 * the engine would and never use the engine; nothing about one system belongs here.
 */
@NullMarked
package io.millrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
