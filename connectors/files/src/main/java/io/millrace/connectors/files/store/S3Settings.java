package io.millrace.connectors.files.store;

import io.millrace.spi.config.Secret;
import java.util.Optional;

/**
 * How a bucket is reached.
 *
 * @param bucket the bucket's name
 * @param region the bucket's region; empty: the environment's, or {@code us-east-1}
 * @param endpoint the server's URL, for servers other than Amazon's; means path style
 * @param accessKeyId the key's id; empty: the default chain (environment, profile, instance)
 * @param secretAccessKey the key; given exactly when {@code accessKeyId} is
 */
public record S3Settings(
    String bucket,
    Optional<String> region,
    Optional<String> endpoint,
    Optional<Secret> accessKeyId,
    Optional<Secret> secretAccessKey) {
  /** Returns settings in which empty texts count as absent. */
  public S3Settings {
    region = region.filter(text -> !text.isBlank());
    endpoint = endpoint.filter(text -> !text.isBlank());
    accessKeyId = accessKeyId.filter(secret -> !secret.value().isBlank());
    secretAccessKey = secretAccessKey.filter(secret -> !secret.value().isBlank());
  }
}
