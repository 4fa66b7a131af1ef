package io.millrace.server;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Two classes of libraries that do something long at each start that nobody here asks for: Arrow
 * prepares to read schemas as JSON, and DuckDB registers an event with Java's flight recorder. Both
 * read annotations, for which Java makes classes that no ahead-of-time cache keeps. Without it, the
 * first is done when it is wanted, and there is no such event.
 */
final class LeanClasses {
  private static final String SCHEMA = "org/apache/arrow/vector/types/pojo/Schema.class";
  private static final String MONITOR = "org/duckdb/JfrMemoryMonitor.class";
  private static final String SCHEMA_METHOD = "<clinit>";
  private static final String MONITOR_METHOD = "init";

  private static final String JACKSON = "com.fasterxml.jackson.databind";
  private static final ClassDesc MAPPER = ClassDesc.of(JACKSON, "ObjectMapper");
  private static final ClassDesc FEATURE = ClassDesc.of(JACKSON, "DeserializationFeature");
  private static final String EAGER = "EAGER_DESERIALIZER_FETCH";

  private LeanClasses() {}

  /** Tells whether a library has one of them as it was published. */
  static boolean lacking(ZipFile library) throws IOException {
    for (String name : List.of(SCHEMA, MONITOR)) {
      ZipEntry entry = library.getEntry(name);
      if (entry != null && lacking(name, library.getInputStream(entry).readAllBytes())) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a class is one of them, as it was published. */
  static boolean lacking(String entry, byte[] content) {
    return switch (entry) {
      case SCHEMA ->
          calls(content, SCHEMA_METHOD).noneMatch(call -> call.name().equalsString("disable"));
      case MONITOR -> calls(content, MONITOR_METHOD).findAny().isPresent();
      default -> false;
    };
  }

  /** Returns a class that {@link #lacking} names, made lean. */
  static byte[] lean(String entry, byte[] content) {
    ClassFile form = ClassFile.of();
    return form.transformClass(form.parse(content), entry.equals(SCHEMA) ? schema() : monitor());
  }

  private static ClassTransform schema() {
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().equalsString(SCHEMA_METHOD),
        (code, element) -> {
          code.with(element);
          if (element instanceof InvokeInstruction call
              && call.opcode() == Opcode.INVOKESPECIAL
              && call.owner().matches(MAPPER)) {
            code.getstatic(FEATURE, EAGER, FEATURE);
            code.invokevirtual(MAPPER, "disable", MethodTypeDesc.of(MAPPER, FEATURE));
          }
        });
  }

  private static ClassTransform monitor() {
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().equalsString(MONITOR_METHOD),
        (code, element) -> {
          if (!(element instanceof InvokeInstruction)) {
            code.with(element);
          }
        });
  }

  private static Stream<InvokeInstruction> calls(byte[] content, String method) {
    Stream<CodeElement> code =
        ClassFile.of().parse(content).methods().stream()
            .filter(one -> one.methodName().equalsString(method))
            .map(MethodModel::code)
            .flatMap(body -> body.stream().flatMap(one -> one.elementStream()));
    return code.filter(InvokeInstruction.class::isInstance).map(InvokeInstruction.class::cast);
  }
}
