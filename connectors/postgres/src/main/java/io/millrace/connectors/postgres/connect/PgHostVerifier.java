package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/** Compares names as pgjdbc does, and says in a sentence when they differ. Made by pgjdbc. */
public final class PgHostVerifier implements HostnameVerifier {
  @Override
  public boolean verify(String hostname, SSLSession session) {
    if (PGjdbcHostnameVerifier.INSTANCE.verify(hostname, session)) {
      return true;
    }
    throw new ConfigException(
        "tls",
        "The certificate of the server is not for the host "
            + hostname
            + ". Set `host` to a name that the certificate carries, or `ssl_mode` to verify-ca.");
  }
}
