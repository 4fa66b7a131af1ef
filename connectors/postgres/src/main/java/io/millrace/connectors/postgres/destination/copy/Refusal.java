package io.millrace.connectors.postgres.destination.copy;

/**
 * Why a value cannot be stored.
 *
 * @param reason one sentence that names what was expected
 * @param value the value as text, possibly cut
 */
public record Refusal(String reason, String value) {}
