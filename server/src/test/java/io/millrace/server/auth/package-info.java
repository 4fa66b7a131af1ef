/** Tests of login, tokens and API keys. */
@NullMarked
package io.millrace.server.auth;

import org.jspecify.annotations.NullMarked;
