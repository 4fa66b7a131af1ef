/** Tests of the object stores, on a real folder and a real S3 server. */
@NullMarked
package io.millrace.connectors.files.store;

import org.jspecify.annotations.NullMarked;
