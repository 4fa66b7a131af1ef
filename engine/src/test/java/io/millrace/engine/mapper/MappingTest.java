package io.millrace.engine.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.mapper.Mapper.AesMode;
import io.millrace.engine.mapper.Mapper.AesPadding;
import io.millrace.engine.shape.MappedBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.config.Secret;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What mappers make of batches. */
final class MappingTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("email", new LogicalType.Text()),
              Fields.of("at", new LogicalType.TimestampTz()),
              Fields.of("tags", new LogicalType.ListOf(new LogicalType.Text()))));
  private static final Instant MOMENT = Instant.parse("2026-02-03T04:05:06Z");
  private static final Secret KEY = new Secret("000102030405060708090a0b0c0d0e0f");

  @RegisterExtension private final AllocatorExtension memory = new AllocatorExtension();
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void fill() {
    rows.add(Row.of(1L, "ann@example.com", MOMENT, List.of("a", "b")));
    rows.add(Row.of(2L, null, MOMENT, List.of()));
    rows.add(Row.of(3L, "bob@example.com", null, null));
  }

  @Test
  void hashesStandInTheFieldsPlace() {
    Mapping mapping = mapping(hash("email"), hash("at"), hash("tags"), hash("id"));

    assertThat(names(mapping.schema())).containsExactly("id_h", "email_h", "at_h", "tags_h");
    assertThat(mapped(mapping))
        .containsExactly(
            Row.of(
                sha256("1"),
                sha256("ann@example.com"),
                sha256("2026-02-03 04:05:06+00"),
                sha256("[\"a\",\"b\"]")),
            Row.of(sha256("2"), null, sha256("2026-02-03 04:05:06+00"), sha256("[]")),
            Row.of(sha256("3"), sha256("bob@example.com"), null, null));
  }

  @Test
  void eachMapperSeesWhatTheOneBeforeLeft() {
    Mapping mapping =
        mapping(
            new Mapper.FieldRenaming("email", "mail"),
            hash("mail"),
            new Mapper.FieldFiltering("tags"),
            new Mapper.FieldRenaming("mail_h", "email"),
            new Mapper.RowFiltering(new Condition.Equal("email", sha256("bob@example.com"))));

    assertThat(names(mapping.schema())).containsExactly("id", "email", "at");
    assertThat(mapped(mapping)).containsExactly(Row.of(3L, sha256("bob@example.com"), null));
    assertThat(mapping.names(List.of("email"))).containsExactly("email");
    assertThat(mapping.nameOfKept("email")).as("a hash").isNull();
    assertThat(mapping.nameOfKept("id")).isEqualTo("id");
  }

  @Test
  void aNullIsEqualToNothing() {
    Condition ann = new Condition.Equal("email", "ann@example.com");
    Condition bob = new Condition.Equal("email", "bob@example.com");

    assertThat(ids(ann)).containsExactly(1L);
    assertThat(ids(new Condition.Equal("email", ""))).isEmpty();
    assertThat(ids(new Condition.Not(List.of(ann)))).containsExactly(2L, 3L);
    assertThat(ids(new Condition.Not(List.of(ann, bob)))).containsExactly(2L);
    assertThat(ids(new Condition.Not(List.of(new Condition.Not(List.of(ann, bob))))))
        .containsExactly(1L, 3L);
    assertThat(ids(new Condition.Equal("at", "2026-02-03 04:05:06+00"))).containsExactly(1L, 2L);
  }

  @Test
  void filteredRowsAreCountedAndTheOthersKeepTheirNumbers() {
    Mapping mapping =
        mapping(new Mapper.RowFiltering(new Condition.Equal("email", "bob@example.com")));

    try (MappedRows mapped = map(mapping)) {
      assertThat(mapped.batch().rowsFiltered()).isEqualTo(2);
      assertThat(mapped.batch().origin(0)).isEqualTo(2);
    }
  }

  @Test
  void nothingIsMappedOfNoRows() {
    Mapping mapping =
        mapping(
            new Mapper.RowFiltering(new Condition.Equal("email", "nobody")),
            hash("tags"),
            new Mapper.FieldRenaming("id", "number"));

    try (MappedRows mapped = map(mapping)) {
      assertThat(mapped.batch().batch().rowCount()).isZero();
      assertThat(mapped.batch().rowsFiltered()).isEqualTo(3);
    }
  }

  @Test
  void aValueThatCannotBeEncryptedIsNullAndSaid() {
    rows.add(Row.of(4L, "sixteen bytes it", null, null));
    Mapping mapping =
        mapping(
            new Mapper.AesEncryption("email", "_x", KEY, AesMode.CBC, AesPadding.NONE),
            new Mapper.RowFiltering(new Condition.Not(List.of(new Condition.Equal("id", "1")))),
            new Mapper.FieldRenaming("email_x", "secret"));

    assertThat(mapping.mayNull()).isTrue();
    try (MappedRows mapped = map(mapping)) {
      assertThat(mapped.batch().nulled().counts()).isEqualTo(Map.of("secret", 1));
      List<Row> got = Batches.rows(mapped.batch().batch());
      assertThat(got.get(0).get(1)).as("was null").isNull();
      assertThat(got.get(1).get(1)).as("15 bytes").isNull();
      assertThat(String.valueOf(got.get(2).get(1))).hasSize(64);
    }
  }

  @Test
  void rsaIsReadWithThePrivateKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair pair = generator.generateKeyPair();
    rows.add(Row.of(4L, "x".repeat(200), null, null));
    String hex = HexFormat.of().formatHex(pair.getPublic().getEncoded());

    List<Row> got = mapped(mapping(new Mapper.RsaEncryption("email", "_x", hex)));

    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
    byte[] encrypted = HexFormat.of().parseHex(String.valueOf(got.get(0).get(1)));
    assertThat(cipher.doFinal(encrypted))
        .isEqualTo("ann@example.com".getBytes(StandardCharsets.UTF_8));
    assertThat(got.get(3).get(1)).as("too long for the key").isNull();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    assertThat(RsaKeys.read(pem)).isEqualTo(pair.getPublic());
  }

  @Test
  void whatDoesNotFitIsASentence() {
    assertThatThrownBy(() -> mapping(hash("mail")))
        .hasMessage(
            "Mapper 1 (hashing) is about the field mail, which is not there. There are: id, email,"
                + " at, tags. Correct the mapper or remove it.");
    assertThatThrownBy(() -> mapping(hash("id"), new Mapper.FieldRenaming("at", "email")))
        .hasMessageContaining("Mapper 2 (field-renaming) makes a field email, which is there");
    assertThatThrownBy(() -> mapping(new Mapper.FieldRenaming("at", "_airbyte_meta")))
        .hasMessageContaining("names that begin with _airbyte_ are taken");
    assertThatThrownBy(
            () ->
                mapping(
                    new Mapper.FieldFiltering("id"),
                    new Mapper.FieldFiltering("email"),
                    new Mapper.FieldFiltering("at"),
                    new Mapper.FieldFiltering("tags")))
        .hasMessageContaining("the last field");
    assertThatThrownBy(() -> mapping(new Mapper.RowFiltering(new Condition.Equal("gone", "1"))))
        .hasMessageContaining("about the field gone");
  }

  @Test
  void valuesThatAreHiddenStayHiddenInQuarantine() {
    Mapping mapping = mapping(hash("email"), new Mapper.FieldRenaming("at", "moment"));

    assertThat(mapping.shown(new RejectedRow("row 1", "email", "why", "ann")).value())
        .doesNotContain("ann");
    assertThat(mapping.shown(new RejectedRow("row 1", null, "why", "1,ann")).value())
        .doesNotContain("ann");
    assertThat(mapping.shown(new RejectedRow("row 1", "at", "why", "never")).value())
        .isEqualTo("never");
  }

  @Test
  void aFingerprintDiffersWithTheKeyAndTellsNothingOfIt() {
    Mapper one = new Mapper.AesEncryption("a", "_x", KEY, AesMode.CBC, AesPadding.NONE);
    Mapper other =
        new Mapper.AesEncryption(
            "a", "_x", new Secret("ff".repeat(16)), AesMode.CBC, AesPadding.NONE);

    assertThat(Mapping.fingerprint(List.of(one)))
        .hasSize(8)
        .isEqualTo(Mapping.fingerprint(List.of(one)))
        .isNotEqualTo(Mapping.fingerprint(List.of(other)));
    assertThat(Mapping.fingerprint(List.of())).isEmpty();
  }

  private record MappedRows(MappedBatch batch) implements AutoCloseable {
    @Override
    public void close() {
      batch.batch().close();
    }
  }

  private static Mapper hash(String field) {
    return new Mapper.Hashing(field, Mapper.Method.SHA_256, "_h");
  }

  private static Mapping mapping(Mapper... mappers) {
    return Mapping.of(List.of(mappers), SCHEMA);
  }

  private MappedRows map(Mapping mapping) {
    BufferAllocator allocator = memory.allocator();
    MappedBatch mapped = mapping.mapper(allocator).map(Batches.batch(allocator, SCHEMA, rows));
    assertThat(mapped.batch().root().getSchema()).isEqualTo(mapping.schema());
    return new MappedRows(mapped);
  }

  private List<Row> mapped(Mapping mapping) {
    try (MappedRows mapped = map(mapping)) {
      return Batches.rows(mapped.batch().batch());
    }
  }

  private List<Object> ids(Condition condition) {
    List<Object> ids = new ArrayList<>();
    mapped(mapping(new Mapper.RowFiltering(condition)))
        .forEach(row -> ids.add(String.valueOf(row.get(0))));
    return ids.stream().map(id -> (Object) Long.valueOf((String) id)).toList();
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
