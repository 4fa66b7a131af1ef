package io.millrace.engine.mapper;

import io.millrace.spi.RejectedRow;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The mappers of one stream, made ready for the schema of its batches. Immutable. */
public final class Mapping {
  private static final String HIDDEN = "(hidden, because mappers change this field)";
  private static final int FINGERPRINT_BYTES = 4;

  private final List<Mapper> mappers;
  private final MappedFields<Field> fields;
  private final MappedFields<Field> mapped;
  private final Schema schema;
  private final Set<String> hidden;

  private Mapping(List<Mapper> mappers, Schema source) {
    this.mappers = List.copyOf(mappers);
    SequencedMap<String, Field> named = new LinkedHashMap<>();
    source.getFields().forEach(field -> named.put(field.getName(), field));
    this.fields = MappedFields.of(named, Fields.of("text", new LogicalType.Text()));
    this.mapped = fields.afterAll(mappers);
    this.schema = mappers.isEmpty() ? source : schemaAfter(mapped);
    this.hidden = hidden(source, mapped);
  }

  /**
   * Makes the mapping of a schema.
   *
   * @throws io.millrace.spi.ConfigException when a mapper does not fit the schema
   */
  public static Mapping of(List<Mapper> mappers, Schema source) {
    return new Mapping(mappers, source);
  }

  /** Tells whether there is nothing to do. */
  public boolean isEmpty() {
    return mappers.isEmpty();
  }

  /** Returns the schema of mapped batches. */
  public Schema schema() {
    return schema;
  }

  /** Tells whether a mapper may meet a value that it cannot handle. */
  public boolean mayNull() {
    return mappers.stream().anyMatch(Mapper.Encryption.class::isInstance);
  }

  /** Returns what source fields are named now; they must not be left out. */
  public List<String> names(List<String> sourceFields) {
    return sourceFields.stream()
        .map(one -> Objects.requireNonNull(mapped.fate(one), "field left out").name())
        .toList();
  }

  /** Returns the name of a source field whose values are as they were; else null. */
  public @Nullable String nameOfKept(@Nullable String sourceField) {
    MappedFields.Fate fate = sourceField == null ? null : mapped.fate(sourceField);
    return fate != null && fate.values() == MappedFields.Values.KEPT ? fate.name() : null;
  }

  /** Makes what maps the batches of one partition. */
  public BatchMapper mapper(BufferAllocator allocator) {
    List<Step> steps = new ArrayList<>();
    MappedFields<Field> before = fields;
    for (Mapper mapper : mappers) {
      MappedFields<Field> after = before.after(mapper);
      steps.add(Steps.of(mapper, List.copyOf(before.fields().keySet()), allocator));
      before = after;
    }
    return new BatchMapper(steps, schema, allocator);
  }

  /**
   * Returns a row that its source could not read, fit to be shown: without the value of a field
   * that mappers hash, encrypt or leave out.
   */
  public RejectedRow shown(RejectedRow row) {
    boolean hides = row.column() == null ? !hidden.isEmpty() : hidden.contains(row.column());
    return hides ? new RejectedRow(row.position(), row.column(), row.reason(), HIDDEN) : row;
  }

  /**
   * Returns a short text that differs between mappers that differ, or "" for none. It tells nothing
   * of a key.
   */
  public static String fingerprint(List<Mapper> mappers) {
    if (mappers.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (Mapper mapper : mappers) {
      text.append(mapper).append('\n');
      if (mapper instanceof Mapper.AesEncryption aes) {
        text.append(aes.key().value()).append('\n');
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** The source fields whose values are not to be seen. */
  private static Set<String> hidden(Schema source, MappedFields<Field> mapped) {
    Set<String> hidden = new HashSet<>();
    for (Field field : source.getFields()) {
      MappedFields.Fate fate = mapped.fate(field.getName());
      if (fate == null || fate.values() != MappedFields.Values.KEPT) {
        hidden.add(field.getName());
      }
    }
    return hidden;
  }

  private static Schema schemaAfter(MappedFields<Field> mapped) {
    List<Field> after = new ArrayList<>();
    mapped.fields().forEach((name, field) -> after.add(Steps.named(field, name)));
    return new Schema(after);
  }
}
