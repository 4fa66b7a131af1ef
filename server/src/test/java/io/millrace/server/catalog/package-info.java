/** Tests of the package of the same name. */
@NullMarked
package io.millrace.server.catalog;

import org.jspecify.annotations.NullMarked;
