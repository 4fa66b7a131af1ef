package io.millrace.testkit.contract;

import io.millrace.spi.ConnectorException;
import java.util.List;
import java.util.Map;

/**
 * A configuration that reads well and cannot work.
 *
 * @param name what is wrong, such as {@code wrong password}
 * @param config the values
 * @param kind the failure that {@code check} must end with
 * @param mentions what the sentence for the user must name, such as the host
 */
public record InvalidConfig(
    String name,
    Map<String, Object> config,
    Class<? extends ConnectorException> kind,
    List<String> mentions) {
  public InvalidConfig {
    config = Map.copyOf(config);
    mentions = List.copyOf(mentions);
  }

  @Override
  public String toString() {
    return name;
  }
}
