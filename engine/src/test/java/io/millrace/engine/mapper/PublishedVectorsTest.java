package io.millrace.engine.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.mapper.Mapper.AesMode;
import io.millrace.engine.mapper.Mapper.AesPadding;
import io.millrace.spi.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes and ciphers against the examples that their standards publish. */
final class PublishedVectorsTest {
  /** The first two blocks of every example in NIST SP 800-38A. */
  private static final String BLOCKS =
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51";

  private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";
  private static final String VECTOR = "000102030405060708090a0b0c0d0e0f";

  /** RFC 1319 (MD2), RFC 1321 (MD5), and the examples of FIPS 180-4. */
  @ParameterizedTest
  @CsvSource({
    "MD2, da853b0d3f88d99b30283a69e6ded6bb",
    "MD5, 900150983cd24fb0d6963f7d28e17f72",
    "SHA_1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA_224, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    "SHA_256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "SHA_384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        + "8086072ba1e7cc2358baeca134c825a7",
    "SHA_512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
  })
  void hashesAreThoseOfTheStandards(Mapper.Method method, String expected)
      throws GeneralSecurityException {
    byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
    HashText hash = new HashText(method);

    assertThat(hex(hash, abc)).isEqualTo(expected);
    assertThat(hex(hash, abc)).as("once more").isEqualTo(expected);
  }

  /** NIST SP 800-38A, F.1.1, F.1.3 and F.1.5. */
  @ParameterizedTest
  @CsvSource({
    "2b7e151628aed2a6abf7158809cf4f3c, "
        + "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf",
    "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b, "
        + "bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eef",
    "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, "
        + "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
  })
  void keysOfEveryLength(String key, String expected) throws GeneralSecurityException {
    AesText aes = new AesText(mapper(key, AesMode.ECB, AesPadding.NONE));

    assertThat(hex(aes, bytes(BLOCKS))).isEqualTo(expected);
  }

  /** NIST SP 800-38A, F.2.1, F.3.13, F.4.1 and F.5.1; the vector stands in front. */
  @ParameterizedTest
  @CsvSource({
    "CBC, 000102030405060708090a0b0c0d0e0f, "
        + "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2",
    "CFB, 000102030405060708090a0b0c0d0e0f, "
        + "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b",
    "OFB, 000102030405060708090a0b0c0d0e0f, "
        + "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825",
    "CTR, f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, "
        + "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
  })
  void modesWithAVector(AesMode mode, String vector, String expected)
      throws GeneralSecurityException {
    AesText aes = new AesText(mapper(KEY, mode, AesPadding.NONE), fixed(vector));

    assertThat(hex(aes, bytes(BLOCKS))).isEqualTo(vector + expected);
  }

  /** Test case 2 of the specification of GCM (McGrew and Viega). */
  @Test
  void gcmWithItsTag() throws GeneralSecurityException {
    String zeros = "00".repeat(16);
    AesText aes = new AesText(mapper(zeros, AesMode.GCM, AesPadding.NONE), fixed("00".repeat(12)));

    assertThat(hex(aes, bytes(zeros)))
        .isEqualTo(
            "00".repeat(12)
                + "0388dace60b6a392f328c2b971b2fe78"
                + "ab6e47d42cec13bdf53a67b21257bddf");
  }

  @ParameterizedTest
  @CsvSource({"CBC, 64", "CFB, 64", "OFB, 64", "ECB, 32"})
  void paddingFillsTheBlock(AesMode mode, int digits) throws GeneralSecurityException {
    AesText aes = new AesText(mapper(KEY, mode, AesPadding.PKCS5), fixed(VECTOR));

    assertThat(hex(aes, "short".getBytes(StandardCharsets.UTF_8))).hasSize(digits);
  }

  @Test
  void noTwoVectorsAreTheSame() throws GeneralSecurityException {
    AesText aes = new AesText(mapper(KEY, AesMode.CBC, AesPadding.NONE));

    assertThat(hex(aes, bytes(BLOCKS))).isNotEqualTo(hex(aes, bytes(BLOCKS)));
  }

  private static Mapper.AesEncryption mapper(String key, AesMode mode, AesPadding padding) {
    return new Mapper.AesEncryption("f", "_x", new Secret(key), mode, padding);
  }

  private static SecureRandom fixed(String vector) {
    byte[] bytes = bytes(vector);
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] into) {
        for (int i = 0; i < into.length; i++) {
          into[i] = bytes[i % bytes.length];
        }
      }
    };
  }

  private static String hex(TextOfText text, byte[] value) throws GeneralSecurityException {
    TextOfText.Output out = new TextOfText.Output();
    int length = text.make(value, value.length, out);
    return HexFormat.of().formatHex(out.bytes(), 0, length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
