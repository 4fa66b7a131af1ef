package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.destination.DestinationContract;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.servers.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract on an S3 server, whose buckets are folders that are read past it. */
class S3ContractTest implements DestinationContract {
  @TempDir static Path folder = Path.of("");
  private static @Nullable S3Server server;

  @BeforeAll
  static void start() {
    server = S3Server.start(folder).createBucket("lake");
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  private static Map<String, Object> config(Map<String, Object> changed) {
    Map<String, Object> config = new HashMap<>();
    config.put("access_key_id", S3Server.ACCESS_KEY_ID);
    config.put("secret_access_key", S3Server.SECRET_ACCESS_KEY);
    config.put("s3_bucket_name", "lake");
    config.put("s3_bucket_path", "raw/shop");
    config.put("s3_bucket_region", "eu-central-1");
    config.put("s3_endpoint", Objects.requireNonNull(server).endpoint());
    config.put("format", Map.of("format_type", "Parquet", "compression_codec", "ZSTD"));
    config.put("metadata_columns", "none");
    config.putAll(changed);
    return config;
  }

  @Override
  public DestinationFixture fixture() {
    return new FilesFixture(
        new S3DestinationDefinition(),
        config(Map.of()),
        folder.resolve("lake/raw/shop"),
        List.of(
            invalid("wrong secret", Map.of("secret_access_key", "wrong-secret"), "access_key_id"),
            invalid("unknown key", Map.of("access_key_id", "nobody-knows"), "access_key_id"),
            invalid("missing bucket", Map.of("s3_bucket_name", "nowhere"), "nowhere"),
            invalid(
                "unknown host",
                Map.of("s3_endpoint", "http://no-such-host.invalid"),
                "no-such-host"),
            invalid("no URL", Map.of("s3_endpoint", "::"), "s3_endpoint")),
        List.of(S3Server.SECRET_ACCESS_KEY, "wrong-secret"));
  }

  private static InvalidConfig invalid(String name, Map<String, Object> changed, String mention) {
    return new InvalidConfig(name, config(changed), ConfigException.class, List.of(mention));
  }
}
