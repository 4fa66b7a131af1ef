package io.millrace.server.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.SettingStore;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one account of people: its names and its password. Thread-safe. */
final class Account {
  static final int PASSWORD_CHARS_MAX = 256;

  private static final String SETTING = "login";
  private static final int GENERATED_CHARS = 20;

  private final AuthSettings auth;
  private final Supplier<Optional<String>> email;
  private final SettingStore settings = new SettingStore();
  private final String salt = RandomText.letters(32);
  private volatile Login login;
  private volatile @Nullable String verified;

  private Account(AuthSettings auth, Supplier<Optional<String>> email, Login login) {
    this.auth = auth;
    this.email = email;
    this.login = login;
  }

  /**
   * What the store holds.
   *
   * @param generated whether nobody has chosen the password yet
   */
  record Login(String hash, boolean generated) {
    static Login of(ObjectNode json) {
      return new Login(json.path("hash").asText(), json.path("generated").asBoolean());
    }

    ObjectNode json() {
      return Documents.empty().put("hash", hash).put("generated", generated);
    }
  }

  /** The account, and what happened to its password at this start. */
  record Opened(Account account, @Nullable String generatedPassword, boolean changed) {}

  /** Reads the account; takes the password that is given, or makes one where there is none. */
  static Opened open(
      Database database, AuthSettings auth, Supplier<Optional<String>> email, PasswordFile file) {
    SettingStore settings = new SettingStore();
    Login kept =
        database
            .read(tx -> settings.find(tx, SETTING))
            .map(text -> Login.of(Rows.object(text)))
            .orElse(null);
    String given = auth.password();
    String generated = given == null && kept == null ? RandomText.letters(GENERATED_CHARS) : null;
    if (kept != null && (given == null || isChosen(kept, given))) {
      return new Opened(new Account(auth, email, kept), null, false);
    }
    String password = generated == null ? String.valueOf(given) : generated;
    if (generated != null) {
      // Before the store knows it: a kill between the two costs nothing.
      file.write(auth.userName(), generated);
    }
    Login made = new Login(PasswordHash.of(password, auth.hashRounds()), generated != null);
    database.change(tx -> settings.put(tx, SETTING, Rows.text(made.json())));
    return new Opened(new Account(auth, email, made), generated, kept != null);
  }

  private static boolean isChosen(Login kept, String given) {
    return !kept.generated() && PasswordHash.matches(kept.hash(), given);
  }

  /** Returns its name. */
  String name() {
    return auth.userName();
  }

  /** Returns its name for each of its names, and any other as it is. */
  String nameOf(String user) {
    return isOurs(user) ? auth.userName() : user;
  }

  /** Tells whether nobody has chosen the password yet. */
  boolean isGenerated() {
    return login.generated();
  }

  /** Tells whether the password comes from the environment, and can only be changed there. */
  boolean isGiven() {
    return auth.password() != null;
  }

  /** Tells quickly whether these were right before; false says nothing. */
  boolean wasRight(String user, String password) {
    boolean ours = isOurs(user);
    String last = verified;
    return ours && last != null && RandomText.same(last, print(password));
  }

  /**
   * Tells whether these are the account's name, or the organization's e-mail, and its password.
   * Slow on purpose; a wrong name takes as long as a wrong password.
   */
  boolean isRight(String user, String password) {
    Login now = login;
    boolean right =
        password.length() <= PASSWORD_CHARS_MAX
            && PasswordHash.matches(now.hash(), password)
            && isOurs(user);
    if (right) {
      // Clients that send the password with each request would wait for the slow hash each time.
      verified = print(password);
    }
    return right;
  }

  /** Returns the login with a password that somebody chose; nothing is changed yet. */
  Login chosen(String password) {
    return new Login(PasswordHash.of(password, auth.hashRounds()), false);
  }

  void save(Handle tx, Login made) {
    settings.put(tx, SETTING, Rows.text(made.json()));
  }

  /** Takes a login that was saved. */
  void use(Login made) {
    login = made;
    verified = null;
  }

  private String print(String password) {
    return RandomText.hash(salt + password);
  }

  private boolean isOurs(String user) {
    boolean byName = RandomText.same(auth.userName(), user);
    String mail = email.get().filter(text -> !text.isBlank()).orElse(null);
    boolean byMail = mail != null && RandomText.same(lower(mail), lower(user));
    return byName || byMail;
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
