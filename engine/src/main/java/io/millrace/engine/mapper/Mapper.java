package io.millrace.engine.mapper;

import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;

/**
 * One step that a stream's rows pass between source and destination, under Airbyte's names. A step
 * sees the fields as the one before it left them.
 */
public sealed interface Mapper {
  /** Returns the name by which it is chosen, such as {@code field-renaming}. */
  String type();

  /**
   * A mapper that puts a text made of one field's value in the field's place, under the name {@code
   * targetField + fieldNameSuffix}.
   */
  sealed interface Replacing extends Mapper {
    /** Returns the field. */
    String targetField();

    /** Returns what its name is lengthened by. */
    String fieldNameSuffix();

    /** Returns the name of the field that takes its place. */
    default String outputField() {
      return targetField() + fieldNameSuffix();
    }
  }

  /** Replaces values by their digest: lower-case hexadecimal of the text form's hash. */
  record Hashing(
      @Field(title = "Field", key = "targetField", help = "The field to hash.") String targetField,
      @Field(title = "Method", key = "method") Method method,
      @Field(
              title = "Suffix",
              key = "fieldNameSuffix",
              help = "The hashed field is named as the field with this behind it.",
              examples = "_hashed")
          String fieldNameSuffix)
      implements Replacing {
    static final String TYPE = "hashing";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A hash function. */
  enum Method {
    @Choice(value = "MD2", title = "MD2")
    MD2,
    @Choice(value = "MD5", title = "MD5")
    MD5,
    @Choice(value = "SHA-1", title = "SHA-1")
    SHA_1,
    @Choice(value = "SHA-224", title = "SHA-224")
    SHA_224,
    @Choice(value = "SHA-256", title = "SHA-256")
    SHA_256,
    @Choice(value = "SHA-384", title = "SHA-384")
    SHA_384,
    @Choice(value = "SHA-512", title = "SHA-512")
    SHA_512;

    /** Returns the name under which Java knows it, which is the one users write. */
    public String algorithm() {
      return name().replace('_', '-');
    }
  }

  /** Gives a field another name. */
  record FieldRenaming(
      @Field(title = "Field", key = "originalFieldName") String originalFieldName,
      @Field(title = "New name", key = "newFieldName", pattern = ".*\\S.*") String newFieldName)
      implements Mapper {
    static final String TYPE = "field-renaming";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Leaves a field out. */
  record FieldFiltering(@Field(title = "Field", key = "targetField") String targetField)
      implements Mapper {
    static final String TYPE = "field-filtering";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Keeps the rows that meet a condition; the others are counted as filtered. */
  record RowFiltering(Condition conditions) implements Mapper {
    static final String TYPE = "row-filtering";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Replaces values by their encryption, in lower-case hexadecimal. */
  sealed interface Encryption extends Replacing {
    /** The name of both kinds; {@code algorithm} tells them apart. */
    String TYPE = "encryption";

    /** Tells whether equal values always encrypt to the same text. */
    boolean repeatable();

    @Override
    default String type() {
      return TYPE;
    }
  }

  /**
   * Encrypts with a secret key. In every mode but ECB a random initialization vector stands before
   * the encrypted bytes: 16 bytes, in GCM 12, where the tag of 16 bytes follows them.
   */
  record AesEncryption(
      @Field(title = "Field", key = "targetField") String targetField,
      @Field(title = "Suffix", key = "fieldNameSuffix", examples = "_encrypted")
          String fieldNameSuffix,
      @Field(
              title = "Key",
              key = "key",
              help = "128, 192 or 256 bits as 32, 48 or 64 hexadecimal digits.")
          Secret key,
      @Field(title = "Mode", key = "mode") AesMode mode,
      @Field(
              title = "Padding",
              key = "padding",
              help =
                  "CBC and ECB without padding encrypt only values of a multiple of 16 bytes; CTR"
                      + " and GCM take none.")
          AesPadding padding)
      implements Encryption {
    static final String ALGORITHM = "AES";

    public AesEncryption {
      if (!key.value().matches("(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64})")) {
        throw new IllegalArgumentException(
            "the key is not 32, 48 or 64 hexadecimal digits (an AES key of 128, 192 or 256 bits,"
                + " such as openssl rand -hex 32 prints)");
      }
      boolean streams = mode == AesMode.CTR || mode == AesMode.GCM;
      if (streams && padding == AesPadding.PKCS5) {
        throw new IllegalArgumentException(
            "the mode " + mode + " takes values of any length; write NoPadding as padding");
      }
    }

    @Override
    public boolean repeatable() {
      return mode == AesMode.ECB;
    }
  }

  /** How AES goes from block to block. */
  enum AesMode {
    @Choice(value = "CBC", title = "CBC")
    CBC,
    @Choice(value = "CFB", title = "CFB")
    CFB,
    @Choice(value = "OFB", title = "OFB")
    OFB,
    @Choice(value = "CTR", title = "CTR")
    CTR,
    @Choice(value = "GCM", title = "GCM")
    GCM,
    @Choice(value = "ECB", title = "ECB")
    ECB
  }

  /** What fills the last block. */
  enum AesPadding {
    @Choice(value = "NoPadding", title = "None")
    NONE,
    @Choice(value = "PKCS5Padding", title = "PKCS 5")
    PKCS5
  }

  /** Encrypts with a public key, as PKCS 1 version 1.5 says; only short values fit. */
  record RsaEncryption(
      @Field(title = "Field", key = "targetField") String targetField,
      @Field(title = "Suffix", key = "fieldNameSuffix", examples = "_encrypted")
          String fieldNameSuffix,
      @Field(
              title = "Public key",
              key = "publicKey",
              multiline = true,
              help = "X.509 (SubjectPublicKeyInfo) as hexadecimal digits of its DER form, or PEM.")
          String publicKey)
      implements Encryption {
    static final String ALGORITHM = "RSA";

    public RsaEncryption {
      RsaKeys.read(publicKey);
    }

    @Override
    public boolean repeatable() {
      return false;
    }
  }
}
