package io.millrace.spi.type;

/**
 * What a field is at its source, where the lattice says less: a destination that is the same system
 * can be exact.
 *
 * @param system such as {@code postgresql}
 * @param name the type as that system writes it, such as {@code numeric(20,4)[]} or {@code
 *     interval}
 */
public record NativeType(String system, String name) {}
