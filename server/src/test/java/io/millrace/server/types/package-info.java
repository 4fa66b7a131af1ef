/** Makes the published table of types by syncing every PostgreSQL type to every destination. */
@NullMarked
package io.millrace.server.types;

import org.jspecify.annotations.NullMarked;
