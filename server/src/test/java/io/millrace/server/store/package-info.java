/** Tests of the store, and the stores that other tests run on. */
@NullMarked
package io.millrace.server.store;

import org.jspecify.annotations.NullMarked;
