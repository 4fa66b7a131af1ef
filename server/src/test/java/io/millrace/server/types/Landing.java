package io.millrace.server.types;

import java.util.List;

/**
 * What became of a sample at a destination.
 *
 * @param type the type of the column there
 * @param values the values found, in the order of the sample's rows
 */
record Landing(String type, List<String> values) {}
