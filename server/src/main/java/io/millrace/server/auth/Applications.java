package io.millrace.server.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.audit.Audit;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.json.Documents;
import io.millrace.server.secret.Secrets;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.SettingStore;
import io.millrace.spi.config.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Makes, shows and deletes API keys. Thread-safe. */
final class Applications {
  private static final String FIRST = "first_application";
  private static final String FIRST_NAME = "Default";
  private static final String ENTITY = "key";
  private static final int SECRET_CHARS = 32;
  private static final int APPLICATIONS_MAX = 1000;

  private final Database database;
  private final Secrets secrets;
  private final Audit audit;
  private final Clock clock;
  private final ApplicationStore store = new ApplicationStore();
  private final SettingStore settings = new SettingStore();

  Applications(Database database, Secrets secrets, Audit audit, Clock clock) {
    this.database = database;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes the first key where none was ever made. */
  void makeFirst() {
    database.change(
        tx -> {
          if (settings.find(tx, FIRST).isEmpty()) {
            Application first = fresh(FIRST_NAME, Role.ADMIN);
            store.insert(tx, first);
            settings.put(tx, FIRST, first.id().toString());
          }
        });
  }

  /** Returns the keys for the API; the secret of the first admin's alone is in it. */
  List<ObjectNode> list() {
    return database.read(
        tx -> store.list(tx).stream().map(one -> json(one, secretOfFirst(tx, one))).toList());
  }

  ObjectNode get(UUID id) {
    return database.read(
        tx -> {
          Application found = find(tx, id);
          return json(found, secretOfFirst(tx, found));
        });
  }

  /** Returns the new key for the API, with its secret: the only time that it is shown. */
  ObjectNode create(String name, Role role, Caller caller) {
    return database.write(
        tx -> {
          if (store.list(tx).size() >= APPLICATIONS_MAX) {
            throw new ApiException(
                Fault.STATE_CONFLICT,
                "There are " + APPLICATIONS_MAX + " applications already; delete some first.");
          }
          Application made = fresh(name, role);
          store.insert(tx, made);
          audit.changed(
              tx, ENTITY, made.id().toString(), "create", json(made, Secret.MASK), caller);
          return json(made, secrets.openText(made.clientSecret()));
        });
  }

  ObjectNode delete(UUID id, Caller caller) {
    return database.write(
        tx -> {
          Application found = find(tx, id);
          store.delete(tx, id);
          ObjectNode last = json(found, Secret.MASK);
          audit.changed(tx, ENTITY, id.toString(), "delete", last, caller);
          return last;
        });
  }

  /** Returns the key that these two halves are; empty when they are none. */
  Optional<Application> byCredentials(String clientId, String clientSecret) {
    Optional<Application> found = database.read(tx -> store.findByClientId(tx, clientId));
    String secret = found.map(one -> secrets.openText(one.clientSecret())).orElse("");
    boolean same = RandomText.same(secret, clientSecret);
    return same && !secret.isEmpty() ? found : Optional.empty();
  }

  /** Returns a key that still exists. */
  Optional<Application> byId(UUID id) {
    return database.read(tx -> store.find(tx, id));
  }

  private Application find(Handle tx, UUID id) {
    return store.find(tx, id).orElseThrow(() -> ApiException.notFound("application", id));
  }

  private Application fresh(String name, Role role) {
    return new Application(
        UUID.randomUUID(),
        name,
        role,
        UUID.randomUUID().toString(),
        secrets.sealText(RandomText.letters(SECRET_CHARS)),
        clock.instant());
  }

  private String secretOfFirst(Handle tx, Application application) {
    boolean first =
        settings.find(tx, FIRST).filter(application.id().toString()::equals).isPresent();
    return first ? secrets.openText(application.clientSecret()) : Secret.MASK;
  }

  private static ObjectNode json(Application application, String secret) {
    return Documents.empty()
        .put("id", application.id().toString())
        .put("name", application.name())
        .put("role", application.role().label())
        .put("clientId", application.clientId())
        .put("clientSecret", secret)
        .put("createdAt", application.createdAt().getEpochSecond());
  }
}
