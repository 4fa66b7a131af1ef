package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Destination;
import io.millrace.spi.TargetDescription;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.UglyNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two names never meet in one target or column, and the user is told what they became. */
public interface DestinationNamesSuite extends DestinationSuite {
  /** Targets of different names stay apart, whatever the system does to names. */
  @Test
  default void namesOfTargetsStayApart(DestinationProbe probe) throws Exception {
    WriteMode mode = probe.can(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : WriteMode.APPEND;
    String suffix = DestinationProbe.unique("");
    Map<String, Sync> byIdentity = new LinkedHashMap<>();
    long number = 0;
    for (String name : names(probe)) {
      Sync sync = probe.sync(cutIn(name, suffix), mode, DestinationProbe.SCHEMA);
      if (byIdentity.putIfAbsent(sync.target().identity(), sync) == null) {
        probe.run(sync, List.of(Row.of(number, name, number)));
        number++;
      }
    }
    long expected = 0;
    for (Sync sync : byIdentity.values()) {
      List<Row> rows = probe.rows(sync);
      assertThat(rows).as("the rows of %s", sync.target()).hasSize(1);
      assertThat(rows.getFirst().get(0))
          .as("whose row is in %s", sync.target())
          .isEqualTo(expected);
      expected++;
    }
  }

  /** Long names that differ at their end alone become different targets. */
  @Test
  default void namesOfTargetsAreNotCutIntoOne(DestinationProbe probe) {
    Destination destination = probe.open();
    @Nullable String namespace = destination.traits().defaultNamespace();
    for (List<String> names : List.of(UglyNames.LONG, UglyNames.LONG_WIDE)) {
      Set<String> identities = new HashSet<>();
      for (String name : names) {
        identities.add(destination.identify(TargetName.wanted(namespace, name)).identity());
      }
      assertThat(identities).as("targets of names that differ at their end").hasSize(2);
    }
  }

  /** Asking again changes nothing. */
  @Test
  default void namesOfTargetsAreStable(DestinationProbe probe) {
    Destination destination = probe.open();
    @Nullable String namespace = destination.traits().defaultNamespace();
    for (String name : names(probe)) {
      TargetName once = destination.identify(TargetName.wanted(namespace, name));
      TargetName twice = destination.identify(once);
      assertThat(twice).as("the name of %s, identified twice", name).isEqualTo(once);
    }
  }

  /** Columns of ugly and long names keep their values, under the names that are told. */
  @Test
  default void namesOfColumnsKeepTheirValues(DestinationProbe probe) throws Exception {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : names(probe)) {
      values.add((long) fields.size());
      fields.add(Fields.of(name, new LogicalType.Int(64)));
    }
    WriteMode mode = probe.can(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : WriteMode.APPEND;
    Sync sync = probe.sync(DestinationProbe.unique("columns"), mode, new Schema(fields));
    TargetDescription told = probe.run(sync, List.of(new Row(values))).target();
    assertThat(told.renamedColumns().keySet())
        .as("columns that are told to be renamed")
        .isSubsetOf(DestinationProbe.names(sync.schema()));
    told.renamedColumns()
        .forEach((field, column) -> assertThat(column).as(field).isNotEqualTo(field));
    assertThat(told.fullName()).as("the full name of the target").isNotBlank();
    probe.assertRows("columns of ugly names", sync, List.of(new Row(values)));
  }

  /** A target may be in a namespace that is not there yet, and whose name is ugly. */
  @Test
  default void namesOfNamespacesMayBeNew(DestinationProbe probe) throws Exception {
    probe.needs(DestinationCapability.NAMESPACES);
    WriteMode mode = probe.can(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : WriteMode.APPEND;
    boolean ugly = probe.can(DestinationCapability.UGLY_NAMES);
    for (String namespace : List.of("other", ugly ? "Ünïcödé \"n.s\" 🚀" : "another")) {
      TargetName target =
          probe.open().identify(TargetName.wanted(DestinationProbe.unique(namespace), "orders"));
      Sync sync = probe.sync("orders", target, mode, DestinationProbe.SCHEMA);
      probe.run(sync, DestinationProbe.rows(0, 3));
      probe.assertRows("a target in a new namespace", sync, DestinationProbe.rows(0, 3));
    }
  }

  /** A key and a cursor of ugly names work. */
  @Test
  default void namesOfKeysMayBeUgly(DestinationProbe probe) throws Exception {
    probe.needs(DestinationCapability.UGLY_NAMES);
    probe.needs(WriteMode.APPEND_DEDUP);
    for (String name : UglyNames.ALL) {
      Schema schema =
          new Schema(
              List.of(
                  Fields.of(name, new LogicalType.Int(64)),
                  Fields.of(name + " at", new LogicalType.Int(64))));
      Sync sync =
          probe
              .sync(DestinationProbe.unique("keys"), WriteMode.APPEND_DEDUP, schema)
              .by(List.of(name), name + " at");
      probe.run(sync, List.of(Row.of(1L, 2L), Row.of(1L, 1L)));
      probe.run(sync.next(), List.of(Row.of(1L, 3L), Row.of(2L, 1L)));
      probe.assertRows("a key named " + name, sync, List.of(Row.of(1L, 3L), Row.of(2L, 1L)));
    }
  }

  private static List<String> names(DestinationProbe probe) {
    List<String> names = new ArrayList<>(List.of("plain"));
    if (probe.can(DestinationCapability.UGLY_NAMES)) {
      names.addAll(UglyNames.ALL);
    }
    names.addAll(UglyNames.LONG);
    names.addAll(UglyNames.LONG_WIDE);
    return names;
  }

  /** Puts a suffix of the test's own behind the first letter, where no cutting hides it. */
  private static String cutIn(String name, String suffix) {
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first) + suffix + name.substring(first);
  }
}
