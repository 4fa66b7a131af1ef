package io.millrace.engine.select;

import io.millrace.engine.NamespaceRule;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamName;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says where each stream lands. Two streams whose names would meet in one target get distinct ones
 * by a stable hash; a stream keeps the target it once got.
 */
final class TargetNamer {
  private static final String RAW_PREFIX = "_airbyte_raw_";
  private static final int HASH_CHARS = 8;

  private final SyncSpec spec;
  private final Destination destination;
  private final List<Notice> notices;

  /**
   * Makes a namer.
   *
   * @param notices where it says which streams it told apart
   */
  TargetNamer(SyncSpec spec, Destination destination, List<Notice> notices) {
    this.spec = spec;
    this.notices = notices;
    this.destination = destination;
  }

  TargetName wanted(StreamName stream, @Nullable String target, DestinationTraits traits) {
    String name = spec.prefix() + (target != null ? target : stream.name());
    if (traits.layout() == TableLayout.RAW) {
      name = RAW_PREFIX + name;
    }
    return destination.identify(TargetName.wanted(namespace(stream, traits), name));
  }

  private @Nullable String namespace(StreamName stream, DestinationTraits traits) {
    @Nullable String own =
        stream.namespace() != null ? stream.namespace() : traits.defaultNamespace();
    return switch (spec.namespace()) {
      case NamespaceRule.OfSource() -> own;
      case NamespaceRule.OfDestination() -> traits.defaultNamespace();
      case NamespaceRule.Custom(String format) -> {
        String text =
            format.replace(NamespaceRule.SOURCE_NAMESPACE, own == null ? "" : own).strip();
        yield text.isEmpty() ? traits.defaultNamespace() : text;
      }
    };
  }

  List<SelectedStream> assign(List<SelectedStream> streams, SyncStore store) {
    Map<String, StreamName> taken = new HashMap<>();
    for (StreamMemory memory : store.streams()) {
      taken.put(memory.target().identity(), memory.name());
    }
    Map<String, Integer> wanted = new HashMap<>();
    for (SelectedStream stream : streams) {
      wanted.merge(stream.wanted().identity(), 1, Integer::sum);
    }
    List<SelectedStream> assigned = new ArrayList<>();
    for (SelectedStream stream : streams) {
      assigned.add(assign(stream, store.stream(stream.descriptor().name()), taken, wanted));
    }
    return assigned;
  }

  private SelectedStream assign(
      SelectedStream stream,
      @Nullable StreamMemory memory,
      Map<String, StreamName> taken,
      Map<String, Integer> wanted) {
    StreamName name = stream.descriptor().name();
    TargetName target = stream.wanted();
    if (memory != null && memory.wanted().identity().equals(target.identity())) {
      target = memory.target();
    } else if (wanted.getOrDefault(target.identity(), 0) > 1
        || !name.equals(taken.getOrDefault(target.identity(), name))) {
      target = destination.distinguish(target, hash(name));
      notices.add(met(name));
    }
    taken.put(target.identity(), name);
    return stream.landingIn(target);
  }

  private static Notice met(StreamName name) {
    return new Notice(
        "target_distinguished",
        name,
        "Stream "
            + name.display()
            + " would have met another stream in one table or folder, so its own has a hash of its"
            + " name at the end; its target in the summary says which it is.");
  }

  private static String hash(StreamName name) {
    try {
      String exact = (name.namespace() == null ? "" : name.namespace()) + "\0" + name.name();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(exact.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
