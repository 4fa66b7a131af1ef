package io.millrace.server.auth;

import io.millrace.server.audit.Audit;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.Routes;
import io.millrace.server.secret.Secrets;
import io.millrace.server.store.Database;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The login of a server, put together. Thread-safe. */
public final class Auth {
  private final Gatekeeper gatekeeper;
  private final Routes routes;
  private final @Nullable String generatedPassword;

  private Auth(Gatekeeper gatekeeper, Routes routes, @Nullable String generatedPassword) {
    this.gatekeeper = gatekeeper;
    this.routes = routes;
    this.generatedPassword = generatedPassword;
  }

  /**
   * Opens the login: makes the signing key, the first API key and the password where they are
   * missing. Takes a part of a second.
   *
   * @param passwordFile where a generated password waits to be changed
   * @param organizationEmail the second name that people log in with; asked at each login
   * @throws io.millrace.spi.ConfigException when the key of the secrets is missing
   */
  public static Auth open(
      Database database,
      Secrets secrets,
      Audit audit,
      AuthSettings settings,
      PasswordFile passwordFile,
      Supplier<Optional<String>> organizationEmail,
      Clock clock) {
    return open(
        database,
        secrets,
        audit,
        settings,
        passwordFile,
        organizationEmail,
        clock,
        Auth::isThisMachine);
  }

  static Auth open(
      Database database,
      Secrets secrets,
      Audit audit,
      AuthSettings settings,
      PasswordFile passwordFile,
      Supplier<Optional<String>> organizationEmail,
      Clock clock,
      Predicate<String> isThisMachine) {
    return new Opening(database, secrets, audit, settings, passwordFile, clock)
        .open(organizationEmail, isThisMachine);
  }

  private record Opening(
      Database database,
      Secrets secrets,
      Audit audit,
      AuthSettings settings,
      PasswordFile passwordFile,
      Clock clock) {
    Auth open(Supplier<Optional<String>> email, Predicate<String> isThisMachine) {
      Tokens tokens = Tokens.open(database, secrets, clock);
      Applications applications = new Applications(database, secrets, audit, clock);
      applications.makeFirst();
      return settings.required()
          ? required(tokens, applications, email, isThisMachine)
          : notRequired(tokens, applications);
    }

    private static Auth notRequired(Tokens tokens, Applications applications) {
      Routes routes = new Routes();
      new ApplicationEndpoints(applications).addTo(routes);
      TokenEndpoints.openToAll(tokens).addTo(routes);
      SessionEndpoints.addOpenTo(routes);
      return new Auth(Gatekeeper.OPEN, routes, null);
    }

    private Auth required(
        Tokens tokens,
        Applications applications,
        Supplier<Optional<String>> email,
        Predicate<String> isThisMachine) {
      Sessions sessions = new Sessions(database, clock);
      Account.Opened opened = Account.open(database, settings, email, passwordFile);
      if (opened.changed()) {
        database.change(sessions::endAll);
      }
      Account account = opened.account();
      if (!account.isGenerated()) {
        passwordFile.remove();
      }
      Credentials credentials = new Credentials(account, applications, new Throttle(clock));
      SessionCookie cookie = new SessionCookie(settings.secure());
      LoginGatekeeper gatekeeper =
          new LoginGatekeeper(
              account, credentials, applications, tokens, sessions, cookie, isThisMachine);
      Routes routes = new Routes();
      new ApplicationEndpoints(applications).addTo(routes);
      TokenEndpoints.forHolders(credentials, tokens).addTo(routes);
      new SessionEndpoints(
              database,
              account,
              credentials,
              sessions,
              cookie,
              gatekeeper,
              audit,
              passwordFile::remove)
          .addTo(routes);
      return new Auth(gatekeeper, routes, opened.generatedPassword());
    }
  }

  /** Returns who finds out who calls. */
  public Gatekeeper gatekeeper() {
    return gatekeeper;
  }

  /** Adds the routes of login, tokens and API keys. */
  public void addTo(Routes all) {
    all.addAll(routes);
  }

  /** Returns the password that was made at this start, to be shown once; mostly empty. */
  public Optional<String> generatedPassword() {
    return Optional.ofNullable(generatedPassword);
  }

  private static boolean isThisMachine(String address) {
    try {
      String literal =
          address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
      return InetAddress.ofLiteral(literal).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
