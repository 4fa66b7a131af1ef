package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.util.Collections;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries with their lean classes: they do what they did, and no more than was asked. */
final class LeanClassesTest {
  private static final String EMPTY = "{\"fields\":[]}";

  @TempDir private Path folder;

  @Test
  void arrowReadsSchemasOnlyWhenAsked() throws Exception {
    try (URLClassLoader loader = renewed(Schema.class)) {
      Class<?> schema = loader.loadClass(Schema.class.getName());
      Field reader = schema.getDeclaredField("reader");
      reader.setAccessible(true);
      ObjectReader made = (ObjectReader) reader.get(null);

      assertThat(made.isEnabled(DeserializationFeature.EAGER_DESERIALIZER_FETCH)).isFalse();
      assertThat(schema.getMethod("fromJSON", String.class).invoke(null, EMPTY))
          .hasToString(Schema.fromJSON(EMPTY).toString());
    }
  }

  @Test
  void duckDbConnectsWithoutTheFlightRecorder() throws Exception {
    try (URLClassLoader loader = renewed(DuckDBDriver.class)) {
      Driver driver =
          (Driver)
              loader.loadClass(DuckDBDriver.class.getName()).getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect("jdbc:duckdb:", new Properties());
          ResultSet one = connection.createStatement().executeQuery("SELECT 1")) {
        assertThat(one.next()).isTrue();
        assertThat(one.getInt(1)).isEqualTo(1);
      }
      Field begun =
          loader.loadClass("org.duckdb.DuckDBMemoryMonitor").getDeclaredField("initialized");
      begun.setAccessible(true);
      assertThat(begun.getBoolean(null)).isFalse();
    }
  }

  /** Renews the library of a class, and returns a loader of that before all others. */
  private URLClassLoader renewed(Class<?> one) throws Exception {
    Path jar = classesOf(one);
    assertThat(RenewedClasses.renew(jar)).isTrue();
    assertThat(RenewedClasses.renew(jar)).isFalse();
    String own = one.getPackageName();
    ClassLoader others =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(own)) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, others);
  }

  /** Copies the classes of a library, without the native ones of every system. */
  private Path classesOf(Class<?> one) throws Exception {
    Path jar = folder.resolve("library.jar");
    Path library = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (ZipFile from = new ZipFile(library.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (entry.getName().endsWith(".class")) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
          to.closeEntry();
        }
      }
    }
    return jar;
  }
}
