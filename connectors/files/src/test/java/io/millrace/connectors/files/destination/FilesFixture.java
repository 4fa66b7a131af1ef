package io.millrace.connectors.files.destination;

import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.TargetName;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.destination.DestinationCapability;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.contract.destination.PublishedTable;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file destination in the contract suites.
 *
 * @param definition the connector
 * @param config a configuration that works
 * @param folder where the files are found on disk
 * @param invalidConfigs configurations that cannot work
 * @param secrets the secrets in them
 */
record FilesFixture(
    DestinationDefinition<?> definition,
    Map<String, Object> config,
    Path folder,
    List<InvalidConfig> invalidConfigs,
    List<String> secrets)
    implements DestinationFixture {
  @Override
  public Set<DestinationCapability> capabilities() {
    Set<DestinationCapability> lacking =
        EnumSet.of(
            DestinationCapability.BLOCK,
            DestinationCapability.EXACT_SWAP,
            DestinationCapability.EMPTY_TABLES);
    if (!config.toString().contains("Parquet")) {
      // Text has no types that could be seen to change.
      lacking.add(DestinationCapability.SCHEMA_CHANGE);
    }
    Set<DestinationCapability> capabilities = EnumSet.allOf(DestinationCapability.class);
    capabilities.removeAll(lacking);
    return capabilities;
  }

  @Override
  public @Nullable PublishedTable read(TargetName target, Schema written) throws Exception {
    String namespace = target.namespace();
    Path below = namespace == null ? folder : folder.resolve(namespace);
    return WrittenFiles.read(below.resolve(target.name()), written);
  }
}
