package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line's library in its new form: every class is verified and does what it did. */
final class RenewedClassesTest {
  @TempDir private Path folder;

  @Test
  void anOldLibraryIsRenewedOnceAndWorks() throws Exception {
    Path jar = folder.resolve("picocli.jar");
    Path original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.copy(original, jar);
    Set<PosixFilePermission> forAll = PosixFilePermissions.fromString("rw-r--r--");
    Files.setPosixFilePermissions(jar, forAll);
    assertThat(RenewedClasses.renew(jar)).isTrue();
    assertThat(Files.getPosixFilePermissions(jar)).isEqualTo(forAll);
    assertThat(RenewedClasses.renew(jar)).isFalse();
    URL[] path = {jar.toUri().toURL()};
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(path, platform);
        JarFile file = new JarFile(jar.toFile());
        JarFile before = new JarFile(original.toFile())) {
      assertThat(file.size()).isEqualTo(before.size());
      int initialized = 0;
      for (JarEntry entry : Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.startsWith("picocli/") && name.endsWith(".class") && !name.contains("-info")) {
          // Groovy's part needs Groovy.
          initialized += name.contains("groovy") ? 0 : verified(name, loader);
        }
      }
      assertThat(initialized).isGreaterThan(200);
      try (InputStream first = file.getInputStream(file.getEntry("picocli/CommandLine.class"))) {
        assertThat(first.readNBytes(8)[7]).isEqualTo((byte) 52);
      }
    }
  }

  /** Initializes a class, for which Java verifies it. */
  private static int verified(String entry, ClassLoader loader) throws ClassNotFoundException {
    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    Class<?> loaded = Class.forName(name, true, loader);
    assertThat(loaded.getClassLoader()).isSameAs(loader);
    return 1;
  }
}
