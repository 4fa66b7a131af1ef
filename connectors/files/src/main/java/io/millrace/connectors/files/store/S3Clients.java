package io.millrace.connectors.files.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients that behave the same for sources and destinations. */
public final class S3Clients {
  /** How long a connection may take to come about. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How long a server may stay silent within one request. */
  static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

  /** How often one request is sent at most. */
  static final int ATTEMPTS_MAX = 4;

  private static final Region DEFAULT_REGION = Region.US_EAST_1;

  private S3Clients() {}

  /**
   * Makes a client; nothing is sent yet. The caller closes it.
   *
   * @throws ConfigException when the settings contradict each other
   */
  public static S3Client open(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials(settings))
            .region(region(settings))
            // Servers other than Amazon's know neither the newer checksum headers nor trailers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(SILENCE_TIMEOUT))
            .overrideConfiguration(
                config -> config.retryStrategy(retry -> retry.maxAttempts(ATTEMPTS_MAX)));
    settings.endpoint().ifPresent(endpoint -> useEndpoint(builder, endpoint));
    if (settings.endpoint().isEmpty() && settings.region().isEmpty()) {
      builder.crossRegionAccessEnabled(true);
    }
    return builder.build();
  }

  private static void useEndpoint(S3ClientBuilder builder, String endpoint) {
    builder
        .endpointOverride(uri(endpoint))
        .forcePathStyle(true)
        .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
  }

  private static URI uri(String endpoint) {
    String withScheme = endpoint.contains("://") ? endpoint : "https://" + endpoint;
    try {
      URI uri = new URI(withScheme);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below in the same words.
    }
    throw new ConfigException(
        "endpoint_invalid",
        "s3_endpoint is not a URL: \""
            + ConfigException.outside(endpoint)
            + "\". Enter one such as http://localhost:9000.");
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    if (settings.accessKeyId().isPresent() != settings.secretAccessKey().isPresent()) {
      throw new ConfigException(
          "credentials_incomplete",
          "access_key_id and secret_access_key belong together: give both, or neither to use the"
              + " credentials of the environment.");
    }
    if (settings.accessKeyId().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            settings.accessKeyId().map(Secret::value).orElse(""),
            settings.secretAccessKey().map(Secret::value).orElse("")));
  }

  private static Region region(S3Settings settings) {
    if (settings.region().isPresent()) {
      return Region.of(settings.region().get());
    }
    if (settings.endpoint().isPresent()) {
      return DEFAULT_REGION;
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      return DEFAULT_REGION;
    }
  }
}
