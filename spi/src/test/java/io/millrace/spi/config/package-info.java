@NullMarked
package io.millrace.spi.config;

import org.jspecify.annotations.NullMarked;
