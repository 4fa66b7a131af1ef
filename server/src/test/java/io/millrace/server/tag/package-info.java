/** Tests of tags. */
@NullMarked
package io.millrace.server.tag;

import org.jspecify.annotations.NullMarked;
