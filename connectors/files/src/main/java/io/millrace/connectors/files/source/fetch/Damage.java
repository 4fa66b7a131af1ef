package io.millrace.connectors.files.source.fetch;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** Tells damaged content from a connection that broke. */
final class Damage {
  private Damage() {}

  static boolean isDamage(IOException cause) {
    return cause instanceof ZipException
        || cause instanceof ZstdIOException
        || cause instanceof EOFException
        || (cause.getStackTrace().length > 0
            && cause.getStackTrace()[0].getClassName().startsWith("org.apache.commons.compress."));
  }
}
