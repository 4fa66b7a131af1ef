/** Tests of the engine against the testkit's fakes. */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
