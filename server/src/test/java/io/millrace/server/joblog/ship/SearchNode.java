package io.millrace.server.joblog.ship;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.transport.Netty4Plugin;

/** A real OpenSearch of one node; runs until its standard input ends. */
final class SearchNode extends Node {
  /** What stands before its address on the standard output. */
  static final String READY = "LISTENS ";

  private SearchNode(Environment environment) {
    super(environment, List.of(Netty4Plugin.class), false);
  }

  /** Runs it in the folder that is given. */
  public static void main(String[] arguments) throws IOException, NodeValidationException {
    Settings settings =
        Settings.builder()
            .put("path.home", arguments[0])
            .put("cluster.name", "logs")
            .put("node.name", "one")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("node.store.allow_mmap", false)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    try (SearchNode node =
        new SearchNode(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "one"))) {
      node.start();
      System.out.println(
          READY
              + node.injector()
                  .getInstance(HttpServerTransport.class)
                  .boundAddress()
                  .publishAddress());
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }
}
