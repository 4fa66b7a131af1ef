/** Tests of the engine's run part. */
@NullMarked
package io.millrace.engine.run;

import org.jspecify.annotations.NullMarked;
