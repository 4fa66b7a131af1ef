/** Tests of the file destinations, on a real folder and a real S3 server. */
@NullMarked
package io.millrace.connectors.files.destination;

import org.jspecify.annotations.NullMarked;
