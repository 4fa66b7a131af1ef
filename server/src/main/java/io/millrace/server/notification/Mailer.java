package io.millrace.server.notification;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends e-mail through a configured server. Thread-safe. */
final class Mailer {
  /** How an answer of a mail server begins that takes something not. */
  private static final Pattern ANSWER = Pattern.compile("^[45]\\d\\d\\b");

  /** How the mail library says it. */
  private static final String NO_STARTTLS = "STARTTLS is required";

  private final NotificationSettings.Smtp server;
  private final Duration timeout;
  private final Session session;

  Mailer(NotificationSettings.Smtp server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
    this.session = session(server, timeout);
  }

  /**
   * Sends a text once.
   *
   * @throws ConfigException when an address, the login or the encryption is wrong, or the server
   *     refuses the message for good
   * @throws TransientException when the server cannot be reached or takes nothing now
   */
  void send(String to, String subject, String text) {
    try {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(new InternetAddress(server.from(), true));
      mail.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to, true));
      mail.setSubject(subject.replaceAll("[\\r\\n]+", " "), StandardCharsets.UTF_8.name());
      mail.setText(text, StandardCharsets.UTF_8.name());
      Transport.send(mail);
    } catch (AddressException e) {
      throw new ConfigException(
          "mail_address",
          "An e-mail address cannot be read; check the workspace's and the sender's.");
    } catch (AuthenticationFailedException e) {
      throw new ConfigException(
          "mail_login",
          "The mail server " + server + " refuses the login; check its user and password.");
    } catch (MessagingException e) {
      throw failure(e, to);
    }
  }

  /** What the server answered comes first: it stands somewhere in the chain. */
  private ConnectorException failure(MessagingException e, String to) {
    Throwable deepest = e;
    for (Throwable one = e; one != null; one = below(one)) {
      deepest = one;
      String text = String.valueOf(one.getMessage());
      if (ANSWER.matcher(text).find()) {
        return refused(e, ConnectorException.outside(text.replace(to, "(the address)").strip()));
      }
      if (text.startsWith(NO_STARTTLS)) {
        return new ConfigException(
            "mail_starttls",
            "The mail server "
                + server
                + " offers no STARTTLS, and nothing is sent in the clear; check the port, or set"
                + " MILLRACE_SMTP_STARTTLS to false.");
      }
    }
    String sentence =
        deepest instanceof SocketTimeoutException && !isConnecting(deepest)
            ? " did not answer within " + timeout.toSeconds() + " s."
            : " cannot be reached: " + why(deepest) + ".";
    return new TransientException(
        "mail_failed", "The mail server " + server + sentence, e.toString(), e);
  }

  private ConnectorException refused(MessagingException e, String answer) {
    String sentence = "The mail server " + server + " did not take the message: " + answer;
    return answer.startsWith("5")
        ? new ConfigException("mail_refused", sentence)
        : new TransientException("mail_failed", sentence, e.toString(), e);
  }

  private static @Nullable Throwable below(Throwable e) {
    return e instanceof MessagingException mail ? mail.getNextException() : e.getCause();
  }

  /** Java has one type for both; only the text tells a connection that was not made. */
  private static boolean isConnecting(Throwable timeout) {
    return String.valueOf(timeout.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
  }

  private static String why(Throwable e) {
    return e instanceof UnknownHostException
        ? "its name is not known"
        : ConnectorException.outside(String.valueOf(e.getMessage()).strip());
  }

  private static Session session(NotificationSettings.Smtp server, Duration timeout) {
    String millis = String.valueOf(timeout.toMillis());
    Properties properties = new Properties();
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", String.valueOf(server.port()));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.starttls.enable", String.valueOf(server.startTls()));
    properties.put("mail.smtp.starttls.required", String.valueOf(server.startTls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (server.user() == null) {
      return Session.getInstance(properties);
    }
    properties.put("mail.smtp.auth", "true");
    PasswordAuthentication login = new PasswordAuthentication(server.user(), server.password());
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return login;
          }
        });
  }
}
