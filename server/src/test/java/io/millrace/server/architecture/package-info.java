/**
 * Rules for the whole repository: which part may use which, and what every file must keep to.
 *
 * <p>They live here because the server sees every module. A rule names its limit in one place.
 */
@NullMarked
package io.millrace.server.architecture;

import org.jspecify.annotations.NullMarked;
