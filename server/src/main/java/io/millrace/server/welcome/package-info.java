/**
 * The page at the server's root: what is connected, what ran last, and where to go on.
 *
 * <p>Begin with {@link io.millrace.server.welcome.WelcomePage}. It asks the public API for all it
 * shows and knows nothing of the server's parts.
 */
@NullMarked
package io.millrace.server.welcome;

import org.jspecify.annotations.NullMarked;
