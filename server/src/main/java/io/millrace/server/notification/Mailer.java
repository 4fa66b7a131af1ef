package io.millrace.server.notification;

import io.millrace.spi.ConfigException;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/** Sends e-mail through a configured server. Thread-safe. */
final class Mailer {
  private final NotificationSettings.Smtp server;
  private final Session session;

  Mailer(NotificationSettings.Smtp server, Duration timeout) {
    this.server = server;
    this.session = session(server, timeout);
  }

  /**
   * Sends a text once.
   *
   * @throws ConfigException when an address or the login is wrong
   * @throws TransientException when the server cannot be reached or fails
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
      throw new TransientException(
          "mail_failed",
          "The mail server " + server + " could not be reached or did not take the message.",
          e.toString(),
          e);
    }
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
