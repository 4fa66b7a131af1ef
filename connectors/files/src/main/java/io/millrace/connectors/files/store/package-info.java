/**
 * A folder of objects, on a local disk or in an S3-compatible bucket, behind one interface.
 *
 * <p>Begin with {@link io.millrace.connectors.files.store.ObjectStore}; {@link
 * io.millrace.connectors.files.store.S3Clients} makes the S3 client that sources and destinations
 * share. What objects mean (streams, manifests, formats) does not belong here.
 */
@NullMarked
package io.millrace.connectors.files.store;

import org.jspecify.annotations.NullMarked;
