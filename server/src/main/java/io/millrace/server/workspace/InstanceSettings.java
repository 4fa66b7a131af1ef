package io.millrace.server.workspace;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the start of the server decides and the API tells.
 *
 * @param version the program's version
 * @param publicUrl how the world reaches the server, or null
 * @param login a login is needed
 */
public record InstanceSettings(String version, @Nullable URI publicUrl, boolean login) {}
