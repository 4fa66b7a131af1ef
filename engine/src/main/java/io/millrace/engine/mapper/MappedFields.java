package io.millrace.engine.mapper;

import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stream after some of its mappers, and what became of each source field.
 * Immutable.
 *
 * @param <T> what is known of a field beside its name
 */
public final class MappedFields<T> {
  /** The code of the failure when a mapper is about a field that is not there. */
  public static final String FIELD_MISSING = "mapper_field_missing";

  /** The code of the failure when a mapper would make a field that is there already. */
  public static final String FIELD_EXISTS = "mapper_field_exists";

  /** The code of the failure when a mapper leaves nothing, or takes what is needed. */
  public static final String INVALID = "mapper_invalid";

  private static final String OWN_PREFIX = "_airbyte_";
  private static final int NAMES_SHOWN_MAX = 20;

  private final SequencedMap<String, T> fields;
  private final Map<String, Fate> fates;
  private final T text;
  private final int mappers;

  private MappedFields(
      SequencedMap<String, T> fields, Map<String, Fate> fates, T text, int mappers) {
    this.fields = Collections.unmodifiableSequencedMap(fields);
    this.fates = fates;
    this.text = text;
    this.mappers = mappers;
  }

  /** What has become of a source field's values. */
  public enum Values {
    /** They are as they were. */
    KEPT,
    /** Equal values are equal texts. */
    DIGESTED,
    /** Equal values are different texts. */
    SCRAMBLED
  }

  /**
   * What has become of a source field.
   *
   * @param name its name now
   * @param values its values now
   */
  public record Fate(String name, Values values) {
    private Fate replaced(Mapper.Replacing mapper) {
      boolean repeats =
          switch (mapper) {
            case Mapper.Hashing ignored -> true;
            case Mapper.Encryption encryption -> encryption.repeatable();
          };
      return new Fate(
          mapper.outputField(),
          repeats && values != Values.SCRAMBLED ? Values.DIGESTED : Values.SCRAMBLED);
    }
  }

  /**
   * Returns a source's fields before any mapper.
   *
   * @param text what is known of a field that a mapper has filled with text
   */
  public static <T> MappedFields<T> of(SequencedMap<String, T> source, T text) {
    Map<String, Fate> fates = new LinkedHashMap<>();
    source.keySet().forEach(name -> fates.put(name, new Fate(name, Values.KEPT)));
    return new MappedFields<>(new LinkedHashMap<>(source), fates, text, 0);
  }

  /** Returns the fields, in order. */
  public SequencedMap<String, T> fields() {
    return fields;
  }

  /** Returns what became of a source field; null when it is left out. */
  public @Nullable Fate fate(String sourceField) {
    return fates.get(sourceField);
  }

  /**
   * Returns the fields after all of these mappers.
   *
   * @throws ConfigException as {@link #after}
   */
  public MappedFields<T> afterAll(List<Mapper> all) {
    MappedFields<T> mapped = this;
    for (Mapper mapper : all) {
      mapped = mapped.after(mapper);
    }
    return mapped;
  }

  /**
   * Returns the fields after one more mapper.
   *
   * @throws ConfigException with the code {@link #FIELD_MISSING}, {@link #FIELD_EXISTS} or {@link
   *     #INVALID} when that cannot be
   */
  public MappedFields<T> after(Mapper mapper) {
    return switch (mapper) {
      case Mapper.Replacing one ->
          replaced(mapper, one.targetField(), one.outputField(), fate -> fate.replaced(one), true);
      case Mapper.FieldRenaming(String from, String to) ->
          replaced(mapper, from, to, fate -> new Fate(to, fate.values()), false);
      case Mapper.FieldFiltering(String target) -> without(mapper, target);
      case Mapper.RowFiltering(Condition condition) -> {
        condition.fields().forEach(name -> require(mapper, name));
        yield new MappedFields<>(fields, fates, text, mappers + 1);
      }
    };
  }

  private MappedFields<T> replaced(
      Mapper mapper, String from, String to, UnaryOperator<Fate> change, boolean becomesText) {
    require(mapper, from);
    if (!from.equals(to) && (fields.containsKey(to) || to.startsWith(OWN_PREFIX))) {
      throw new ConfigException(
          FIELD_EXISTS,
          place(mapper)
              + " makes a field "
              + shown(to)
              + (fields.containsKey(to)
                  ? ", which is there already; choose another name."
                  : "; names that begin with " + OWN_PREFIX + " are taken, choose another."));
    }
    SequencedMap<String, T> after = new LinkedHashMap<>();
    fields.forEach(
        (name, field) -> {
          boolean chosen = name.equals(from);
          after.put(chosen ? to : name, chosen && becomesText ? text : field);
        });
    return new MappedFields<>(after, changed(from, change), text, mappers + 1);
  }

  private MappedFields<T> without(Mapper mapper, String target) {
    require(mapper, target);
    if (fields.size() == 1) {
      throw new ConfigException(
          INVALID,
          place(mapper)
              + " leaves out "
              + shown(target)
              + ", the last field; do not sync the stream instead.");
    }
    SequencedMap<String, T> after = new LinkedHashMap<>(fields);
    after.remove(target);
    Map<String, Fate> left = new LinkedHashMap<>(fates);
    left.values().removeIf(fate -> fate.name().equals(target));
    return new MappedFields<>(after, left, text, mappers + 1);
  }

  private Map<String, Fate> changed(String name, UnaryOperator<Fate> change) {
    Map<String, Fate> changed = new LinkedHashMap<>(fates);
    changed.replaceAll((source, fate) -> fate.name().equals(name) ? change.apply(fate) : fate);
    return changed;
  }

  private void require(Mapper mapper, String name) {
    if (!fields.containsKey(name)) {
      List<String> names = new ArrayList<>(fields.keySet());
      throw new ConfigException(
          FIELD_MISSING,
          place(mapper)
              + " is about the field "
              + shown(name)
              + ", which is not there. There are: "
              + names.stream().limit(NAMES_SHOWN_MAX).collect(Collectors.joining(", "))
              + (names.size() > NAMES_SHOWN_MAX ? ", ..." : "")
              + ". Correct the mapper or remove it.");
    }
  }

  private String place(Mapper mapper) {
    return "Mapper " + (mappers + 1) + " (" + mapper.type() + ")";
  }

  private static String shown(String name) {
    return ConfigException.outside(name);
  }
}
