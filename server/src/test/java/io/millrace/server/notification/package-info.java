/** Tests of messages against real receivers of HTTP and SMTP. */
@NullMarked
package io.millrace.server.notification;

import org.jspecify.annotations.NullMarked;
