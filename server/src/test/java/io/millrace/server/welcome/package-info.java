/** Tests of the page for people, in a browser where there is one. */
@NullMarked
package io.millrace.server.welcome;

import org.jspecify.annotations.NullMarked;
