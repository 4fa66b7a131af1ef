/** Tests of the audit trail. */
@NullMarked
package io.millrace.server.audit;

import org.jspecify.annotations.NullMarked;
