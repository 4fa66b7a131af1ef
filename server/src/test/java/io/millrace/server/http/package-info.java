/** Tests of routes, requests and errors over real HTTP. */
@NullMarked
package io.millrace.server.http;

import org.jspecify.annotations.NullMarked;
