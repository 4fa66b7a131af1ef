package io.millrace.spi.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration with every kind of component. */
record SampleConfig(
    @Field(title = "Host", help = "Where the server is.", examples = "db.example.com") String host,
    @Field(title = "Port", orElse = "5432", min = 1, max = 65535, examples = "5433") int port,
    @Field(title = "Rows", orElse = "-1") long rowLimit,
    @Field(title = "Share", orElse = "0.5", min = 0, max = 1) double share,
    @Field(title = "Schemas", orElse = "[public]", min = 1, pattern = "[a-z_]+")
        List<String> schemas,
    @Field(title = "Password", pattern = ".{3,}", aliases = "pass") Optional<Secret> password,
    @Field(title = "TLS", orElse = "prefer") Tls sslMode,
    @Field(title = "Colour", orElse = "light-red") Colour colour,
    @Field(title = "Verbose", orElse = "false", advanced = true) boolean verbose,
    @Field(title = "Labels", orElse = "{}", advanced = true) Map<String, String> labels,
    @Field(title = "Login", key = "credentials") Optional<Login> login) {

  SampleConfig {
    if (host.equals(schemas.getFirst())) {
      throw new IllegalArgumentException("The host must not be called like a schema.");
    }
  }

  enum Colour {
    @Choice(value = "light-red", title = "Light red")
    LIGHT_RED,
    @Choice(value = "blue", title = "Blue")
    BLUE
  }

  @Discriminator("mode")
  sealed interface Tls {}

  @Choice(value = "prefer", title = "Prefer", help = "Encrypts when the server can.")
  record Prefer() implements Tls {}

  @Choice(value = "verify-ca", title = "Verify")
  record VerifyCa(
      @Field(title = "Certificate", multiline = true) String caCertificate,
      @Field(title = "Key") Optional<Secret> clientKey)
      implements Tls {}

  record Login(
      @Field(title = "User", examples = "ann") String user, @Field(title = "Token") Secret token) {
    Login {
      if (user.isBlank()) {
        throw new IllegalArgumentException("A login needs a user.");
      }
    }
  }
}
