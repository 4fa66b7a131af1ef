package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of Airbyte's API that are written in Python, as they come from PyPI. */
final class PythonClientsTest {
  private static final Path SCRIPTS = Path.of("src/test/python");

  @TempDir private Path folder;

  @Test
  void sdkWorksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(sdk(), "airbyte_api_client.py", server, "none");
    }
  }

  @Test
  void sdkWorksWithBasicLogin() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      String user = RunningServer.USER;
      everyCall(sdk(), "airbyte_api_client.py", server, "basic", user, RunningServer.PASSWORD);
    }
  }

  @Test
  void sdkWorksWithClientCredentials() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      RunningServer.Application key = server.application();
      everyCall(sdk(), "airbyte_api_client.py", server, "client", key.id(), key.secret());
    }
  }

  @Test
  void airflowWorksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(airflow(), "airflow_client.py", server, "none");
    }
  }

  /** Its connection has a place for client id and secret, and none for another login. */
  @Test
  void airflowWorksWithClientCredentials() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      RunningServer.Application key = server.application();
      everyCall(airflow(), "airflow_client.py", server, "client", key.id(), key.secret());
    }
  }

  @Test
  void dagsterWorksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(dagster(), "dagster_client.py", server, "none");
    }
  }

  @Test
  void dagsterWorksWithClientCredentials() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      RunningServer.Application key = server.application();
      everyCall(dagster(), "dagster_client.py", server, "client", key.id(), key.secret());
    }
  }

  @Test
  void prefectWorksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(prefect(), "prefect_client.py", server, "none");
    }
  }

  @Test
  void prefectWorksWithBasicLogin() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      String user = RunningServer.USER;
      everyCall(prefect(), "prefect_client.py", server, "basic", user, RunningServer.PASSWORD);
    }
  }

  private static void everyCall(
      PythonPackages python, String script, RunningServer server, String... login)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(server.publicApi(), server.warehouse()));
    arguments.addAll(List.of(login));
    PythonPackages.Ended ended = python.run(SCRIPTS.resolve(script), arguments);
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("all calls answered");
  }

  private static PythonPackages sdk() throws Exception {
    return PythonPackages.with("airbyte-api-1.0.1", "airbyte_api", "airbyte-api==1.0.1");
  }

  private static PythonPackages airflow() throws Exception {
    return PythonPackages.with(
        "airflow-airbyte-6.2.0",
        "airflow.providers.airbyte",
        "apache-airflow-providers-airbyte==6.2.0",
        "apache-airflow==3.3.2");
  }

  private static PythonPackages dagster() throws Exception {
    return PythonPackages.with(
        "dagster-airbyte-0.29.27",
        "dagster_airbyte",
        "dagster-airbyte==0.29.27",
        "dagster==1.13.27");
  }

  /** The last Prefect under which it can be imported, with the pydantic of its day. */
  private static PythonPackages prefect() throws Exception {
    return PythonPackages.with(
        "prefect-airbyte-0.3.2",
        "prefect_airbyte",
        "prefect-airbyte==0.3.2",
        "prefect==2.20.27",
        "pydantic<2.11");
  }
}
