package io.millrace.server.catalog;

import io.millrace.spi.StreamName;

/**
 * A stream as a discover found it.
 *
 * @param name its name
 * @param json its {@code AirbyteStream}, as text: 20,000 of them are held at once
 */
record FoundStream(StreamName name, String json) {}
