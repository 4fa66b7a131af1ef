/**
 * What every endpoint shares: routes, requests that are read field by field, answers, errors in the
 * shapes of both APIs, and the guards that stand before them.
 *
 * <p>Begin with {@link io.millrace.server.http.Routes}: a feature's endpoints are a class in the
 * feature's own package that adds routes there. Nothing here knows a feature.
 */
@NullMarked
package io.millrace.server.http;

import org.jspecify.annotations.NullMarked;
