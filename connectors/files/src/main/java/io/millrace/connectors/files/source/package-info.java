/**
 * {@code source-file}: tables in files, wherever they are.
 *
 * <p>Begin with {@code FileSource}, which plans and reads one stream; {@link
 * io.millrace.connectors.files.source.FileConfig} says how it is configured. Formats, storages and
 * the inference of types are packages below and know nothing of streams, tokens and states.
 */
@NullMarked
package io.millrace.connectors.files.source;

import org.jspecify.annotations.NullMarked;
