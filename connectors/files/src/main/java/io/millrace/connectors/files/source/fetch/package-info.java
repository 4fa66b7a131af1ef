/**
 * Finds files and opens their bytes: local folders, HTTPS, S3 and SFTP, plain or compressed.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.fetch.FileStorage}, which a place of
 * files implements, and {@link io.millrace.connectors.files.source.fetch.Content}, which unpacks
 * and decodes. What the bytes mean (rows, columns) does not belong here.
 */
@NullMarked
package io.millrace.connectors.files.source.fetch;

import org.jspecify.annotations.NullMarked;
