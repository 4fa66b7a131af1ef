package io.millrace.server;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings classes of libraries that were made for Java 5 into the form that Java 8 reads, which says
 * of every branch what is on the stack. Java's ahead-of-time cache takes no older ones, and to
 * verify them takes longer than all the rest of a short command. What they do stays the same.
 * {@link LeanClasses} are made in the same go.
 */
final class RenewedClasses {
  private static final String SUFFIX = ".class";
  private static final int VERSION_AT = 6;
  private static final int BYTE_MASK = 0xff;

  private RenewedClasses() {}

  /** Renews every library of a folder, the only argument; the launcher calls it after a build. */
  public static void main(String[] args) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        renew(jar);
      }
    }
  }

  /**
   * Renews a library in place, if its first class is an old one or one is not {@linkplain
   * LeanClasses lean}; tells whether it was.
   */
  static boolean renew(Path jar) throws IOException {
    if (!isBehind(jar)) {
      return false;
    }
    Path fresh = Files.createTempFile(jar.toAbsolutePath().getParent(), "renewed", ".tmp");
    try {
      copy(jar, fresh);
      likeBefore(jar, fresh);
      // Two launchers at once must leave what looks the same to the cache of either.
      Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(jar));
      Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return true;
  }

  /** Temporary files are for their owner alone; the program is for whoever may read it. */
  private static void likeBefore(Path jar, Path fresh) throws IOException {
    if (Files.getFileStore(jar).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(jar));
    }
  }

  private static boolean isBehind(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      if (LeanClasses.lacking(file)) {
        return true;
      }
      for (ZipEntry entry : Collections.list(file.entries())) {
        if (isClass(entry)) {
          return old(file.getInputStream(entry).readAllBytes());
        }
      }
    }
    return false;
  }

  private static void copy(Path jar, Path to) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        ZipFile file = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      ClassFile form =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ConstantPoolSharingOption.NEW_POOL,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)));
      for (ZipEntry entry : Collections.list(file.entries())) {
        byte[] content = file.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(isClass(entry) ? renewed(form, entry.getName(), content) : content);
        out.closeEntry();
      }
    }
  }

  private static byte[] renewed(ClassFile form, String entry, byte[] content) {
    if (LeanClasses.lacking(entry, content)) {
      return LeanClasses.lean(entry, content);
    }
    if (!old(content)) {
      return content;
    }
    ClassTransform version =
        ClassTransform.endHandler(made -> made.withVersion(ClassFile.JAVA_8_VERSION, 0));
    return form.transformClass(form.parse(content), ClassTransform.ACCEPT_ALL.andThen(version));
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(SUFFIX) && !entry.getName().startsWith("META-INF/");
  }

  private static boolean old(byte[] content) {
    int version =
        ((content[VERSION_AT] & BYTE_MASK) << Byte.SIZE) | (content[VERSION_AT + 1] & BYTE_MASK);
    return version < ClassFile.JAVA_6_VERSION;
  }
}
