/** Tests of what follows jobs: real stores, real receivers, real databases. */
@NullMarked
package io.millrace.server.action;

import org.jspecify.annotations.NullMarked;
