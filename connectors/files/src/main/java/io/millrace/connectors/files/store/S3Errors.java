package io.millrace.connectors.files.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Sorts what an S3 server or its client reports, by who acts next. */
public final class S3Errors {
  private static final Set<String> WRONG_KEY =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");
  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "TemporaryRedirect");
  private static final int FORBIDDEN = 403;
  private static final int MOVED = 301;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Settings settings;

  /** Sorts failures of requests with these settings. */
  public S3Errors(S3Settings settings) {
    this.settings = settings;
  }

  /**
   * Sorts a failure.
   *
   * @param doing what was tried, such as {@code write s3://bucket/key}
   */
  public ConnectorException sort(String doing, SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      return answered(doing, service);
    }
    if (failure instanceof SdkClientException) {
      return unanswered(doing, failure);
    }
    return unsorted(doing, failure);
  }

  private ConnectorException answered(String doing, AwsServiceException failure) {
    String code = String.valueOf(failure.awsErrorDetails().errorCode());
    int status = failure.statusCode();
    if (code.equals("NoSuchBucket")) {
      return config(
          "bucket_missing",
          "There is no bucket \""
              + settings.bucket()
              + "\" at "
              + server()
              + ". Create it, or "
              + "correct the bucket's name.",
          doing,
          failure);
    }
    if (WRONG_KEY.contains(code)) {
      return config(
          "auth",
          server()
              + " refused the access key ("
              + code
              + "). Check access_key_id and"
              + " secret_access_key.",
          doing,
          failure);
    }
    if (WRONG_REGION.contains(code) || status == MOVED) {
      return config("region_wrong", wrongRegion(failure), doing, failure);
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return config(
          "clock_wrong",
          server() + " refused the request because this machine's clock is wrong. Set the clock.",
          doing,
          failure);
    }
    if (status == FORBIDDEN) {
      return config(
          "access_denied",
          "No right to "
              + doing
              + ". Grant the access key the rights to list the bucket and to"
              + " read, write and delete its objects.",
          doing,
          failure);
    }
    if (status == TOO_MANY || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED)) {
      return new TransientException(
          "s3_unavailable",
          capital(server()) + " could not " + doing + " now (" + said(failure) + ").",
          internal(doing, failure),
          failure);
    }
    return unsorted(doing, failure);
  }

  private String wrongRegion(AwsServiceException failure) {
    String told =
        failure.awsErrorDetails().sdkHttpResponse() == null
            ? ""
            : failure
                .awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-bucket-region")
                .map(region -> " It is in \"" + region + "\".")
                .orElse("");
    return "The bucket \""
        + settings.bucket()
        + "\" is not in the region "
        + settings.region().map(region -> "\"" + region + "\"").orElse("of this environment")
        + "."
        + told
        + " Correct the region or the endpoint.";
  }

  private ConnectorException unanswered(String doing, SdkException failure) {
    if (caused(failure, UnknownHostException.class) != null) {
      return config(
          "host_unknown",
          "The host of " + server() + " is unknown. Correct the endpoint or the region.",
          doing,
          failure);
    }
    String words = said(failure);
    if (words.contains("Unable to load credentials")) {
      return config(
          "credentials_missing",
          "No S3 credentials were found. Give access_key_id and secret_access_key, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
          doing,
          failure);
    }
    SSLException tls = caused(failure, SSLException.class);
    if (tls != null) {
      return config(
          "tls",
          "No secure connection to "
              + server()
              + " ("
              + ConnectorException.outside(tls.getMessage())
              + "). Check that the endpoint's scheme and certificate are right.",
          doing,
          failure);
    }
    return new TransientException(
        "s3_unreachable",
        capital(server()) + " did not answer when asked to " + doing + " (" + words + ").",
        internal(doing, failure),
        failure);
  }

  private ConnectorException unsorted(String doing, SdkException failure) {
    return new SystemException(
        "s3_failed",
        capital(server()) + " could not " + doing + " (" + said(failure) + ").",
        internal(doing, failure),
        failure);
  }

  private String server() {
    return settings.endpoint().map(endpoint -> "the S3 server " + endpoint).orElse("Amazon S3");
  }

  private static ConfigException config(
      String code, String sentence, String doing, SdkException failure) {
    return new ConfigException(code, capital(sentence), internal(doing, failure), failure);
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static String internal(String doing, SdkException failure) {
    return doing + ": " + failure;
  }

  private static String said(SdkException failure) {
    if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return ConnectorException.outside(
          service.awsErrorDetails().errorCode() + ": " + service.awsErrorDetails().errorMessage());
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return ConnectorException.outside(
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage());
  }

  private static <T extends Throwable> @Nullable T caused(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
