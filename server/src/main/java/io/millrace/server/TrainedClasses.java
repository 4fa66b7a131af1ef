package io.millrace.server;

import io.millrace.server.connector.ConnectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of every connector and of PostgreSQL's driver, so that the ahead-of-time cache
 * has those too that are only reached with a real system at the other end.
 */
final class TrainedClasses {
  private static final String DRIVER = "org.postgresql.Driver";
  private static final String SUFFIX = ".class";

  private TrainedClasses() {}

  /** Loads them, without running anything of theirs; returns how many there are. */
  static int load() {
    ClassLoader loader = TrainedClasses.class.getClassLoader();
    int count = 0;
    for (Path jar : jars(loader)) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Enumeration<JarEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
          count += load(entries.nextElement().getName(), loader) ? 1 : 0;
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return count;
  }

  private static Set<Path> jars(ClassLoader loader) {
    Set<Path> jars = new LinkedHashSet<>();
    ConnectorRegistry.load().all().forEach(connector -> add(connector.getClass(), jars));
    try {
      add(Class.forName(DRIVER, false, loader), jars);
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException(absent);
    }
    return jars;
  }

  private static void add(Class<?> one, Set<Path> jars) {
    @Nullable CodeSource source = one.getProtectionDomain().getCodeSource();
    if (source == null) {
      return;
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(place)) {
        jars.add(place);
      }
    } catch (URISyntaxException unusual) {
      throw new IllegalStateException(unusual);
    }
  }

  private static boolean load(String entry, ClassLoader loader) {
    if (!entry.endsWith(SUFFIX) || entry.startsWith("META-INF/") || entry.contains("-info")) {
      return false;
    }
    String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError needsWhatIsNotThere) {
      return false;
    }
  }
}
