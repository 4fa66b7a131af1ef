/**
 * {@code destination-local-files} and {@code destination-s3}: streams as files in a folder or a
 * bucket.
 *
 * <p>Begin with {@link io.millrace.connectors.files.destination.FilesDestination}. A commit is a
 * small record object; the files it names are published by it, never before it. Formats and stores
 * have packages of their own.
 */
@NullMarked
package io.millrace.connectors.files.destination;

import org.jspecify.annotations.NullMarked;
