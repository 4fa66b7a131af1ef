package io.millrace.server.connection.mapper;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestStreams;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class MapperApiTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String MASK = "**********";
  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String HASH =
      "{'type': 'hashing', 'mapperConfiguration': {'targetField': 'note', 'method': 'SHA-256',"
          + " 'fieldNameSuffix': '_hashed'}}";
  private static final String AES =
      "{'id': '"
          + ID
          + "', 'type': 'encryption', 'mapperConfiguration': {'algorithm': 'AES', 'targetField':"
          + " 'mail', 'fieldNameSuffix': '_x', 'key': '"
          + KEY
          + "', 'mode': 'GCM', 'padding': 'NoPadding'}}";

  private final Dialect dialect;
  private TestApi api;

  MapperApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(TestStreams.table("public", "orders", "note", "mail"));
    api.catalogs.keep();
  }

  @Test
  void mappersComeBackAsTheyWereGivenWithAnIdAndWithoutTheKey() {
    ObjectNode read = create(HASH + ", " + AES).ok();
    JsonNode mappers = mappers(read);

    assertThat(mappers).hasSize(2);
    UUID.fromString(mappers.get(0).path("id").asText());
    assertThat(mappers.get(0).path("mapperConfiguration"))
        .isEqualTo(tree(HASH).path("mapperConfiguration"));
    assertThat(mappers.get(1).path("id").asText()).isEqualTo(ID);
    assertThat(mappers.get(1).at("/mapperConfiguration/key").asText()).isEqualTo(MASK);
    assertThat(read.toString()).doesNotContain(KEY);
    assertThat(stored()).doesNotContain(KEY).contains("_secret");
    assertThat(config("/connections/get", read).at("/syncCatalog/streams/0/config/mappers"))
        .isEqualTo(mappers);
    assertThat(config("/web_backend/connections/get", read).toString()).doesNotContain(KEY);
    JsonNode open = api.send("GET", "/v1/connections/" + id(read), null).ok();
    assertThat(open.at("/configurations/streams/0/mappers")).isEqualTo(mappers);
  }

  @Test
  void aMaskKeepsTheKey() {
    ObjectNode read = create(AES).ok();
    String before = stored();

    update("/connections/update", read, AES.replace(KEY, MASK)).ok();
    assertThat(stored()).as("with the id").isEqualTo(before);
    String nameless = AES.replace("'id': '" + ID + "', ", "").replace(KEY, MASK);
    update("/connections/update", read, nameless).ok();
    assertThat(stored()).as("without the id").isEqualTo(before);
    update("/connections/update", read, nameless.replace(MASK, KEY)).ok();
    assertThat(stored()).as("with the key itself").isEqualTo(before);
    update("/connections/update", read, HASH + "," + AES.replace(KEY, MASK)).ok();
    assertThat(stored()).as("behind another").contains(secret(before));
    String body =
        json(
            "{'configurations': {'streams': [{'name': 'orders', 'mappers': [%s]}]}}",
            quoted(AES.replace(KEY, MASK)));
    JsonNode open = api.send("PATCH", "/v1/connections/" + id(read), body).ok();
    assertThat(open.at("/configurations/streams/0/mappers/0/mapperConfiguration/key").asText())
        .isEqualTo(MASK);
    assertThat(stored()).as("by the public API").contains(secret(before));
  }

  @Test
  void onlyWhoMaySetAKeyIsToldWhetherItIsTheStoredOne() {
    ObjectNode read = create(AES).ok();
    String nameless = AES.replace("'id': '" + ID + "', ", "");

    assertThat(compare(read, AES)).isTrue();
    assertThat(compare(read, nameless)).isTrue();
    assertThat(compare(read, nameless.replace(KEY, MASK))).isTrue();
    assertThat(compare(read, nameless.replace("000102", "ffffff"))).isFalse();
    assertThat(compare(read, nameless.replace("GCM", "CBC"))).isFalse();
    assertThat(compare(read, AES + ", " + HASH)).isFalse();
    assertThat(compare(read, "")).isFalse();
    JsonNode preview =
        api.config("/web_backend/mappers/validate", question(read, nameless)).ok().path("mappers");
    assertThat(preview.get(0).path("id").asText()).as("a reader may ask this").isNotEqualTo(ID);
  }

  private boolean compare(ObjectNode read, String mappers) {
    return api.config("/web_backend/mappers/compare", question(read, mappers))
        .ok()
        .path("same")
        .asBoolean();
  }

  private static String question(ObjectNode read, String mappers) {
    return json(
            "{'connectionId': '%s', 'streamDescriptor': {'name': 'orders', 'namespace': 'public'},",
            id(read))
        + "\"mappers\": ["
        + quoted(mappers)
        + "]}";
  }

  @Test
  void aReferenceIsNoSecret() {
    ObjectNode read = create(AES.replace(KEY, "${env:SHOP_KEY}")).ok();

    assertThat(mappers(read).get(0).at("/mapperConfiguration/key").asText())
        .isEqualTo("${env:SHOP_KEY}");
  }

  @Test
  void hashedFieldsAreMappersInAnOlderForm() {
    ObjectNode read = createWith("'hashedFields': [{'fieldPath': ['note']}]").ok();

    assertThat(mappers(read).get(0).path("mapperConfiguration"))
        .isEqualTo(tree(HASH).path("mapperConfiguration"));
    assertThat(read.at("/syncCatalog/streams/0/config/hashedFields"))
        .isEqualTo(tree("{'x': [{'fieldPath': ['note']}]}").path("x"));
    assertThat(stored()).doesNotContain("hashedFields");
    ObjectNode both =
        createWith("'hashedFields': [{'fieldPath': ['mail']}], 'mappers': [" + HASH + "]").ok();
    assertThat(mappers(both)).as("mappers say more").hasSize(1);
    assertThat(createWith("'hashedFields': [{'fieldPath': ['a', 'b']}]").status()).isEqualTo(422);
  }

  @Test
  void whatIsWrongHasTheContractsType() {
    refused(
        "error:mapper-validation/missing-required-param",
        "mappers[0].mapperConfiguration.method: is required",
        HASH.replace("'method': 'SHA-256', ", ""));
    refused(
        "error:mapper-validation/invalid-config",
        "expected one of \\\"MD2\\\"",
        HASH.replace("SHA-256", "SHA-3"));
    refused(
        "error:mapper-validation/invalid-config",
        "expected one of hashing, field-renaming",
        HASH.replace("hashing", "shuffling"));
    refused("error:mapper-validation/invalid-config", "expected a UUID", AES.replace(ID, "seven"));
    refused(
        "error:mapper-validation/secret-not-found", "give the key itself", AES.replace(KEY, MASK));
    refused(
        "error:mapper-validation/invalid-config",
        "expected as text",
        AES.replace("'" + KEY + "'", "{'_secret': 'v1:00000000:AAAA'}"));
    String missing =
        refused(
            "error:mapper-validation",
            "Mapper 1 (hashing) is about the field nope, which is not there. There are: id,",
            HASH.replace("note", "nope"));
    assertThat(missing).contains("FIELD_NOT_FOUND", "orders");
    assertThat(
            refused(
                "error:mapper-validation",
                "makes a field mail, which is there already",
                "{'type': 'field-renaming', 'mapperConfiguration': {'originalFieldName': 'note',"
                    + " 'newFieldName': 'mail'}}"))
        .contains("FIELD_ALREADY_EXISTS");
    assertThat(refused("error:mapper-validation", "", AES.replace("'mail'", "'nope'")))
        .doesNotContain(KEY);
  }

  @Test
  void aKeyThatIsNeededIsRefused() {
    TestApi.Reply reply =
        send(
            "'syncMode': 'incremental', 'destinationSyncMode': 'append_dedup', 'cursorField':"
                + " ['updated_at'], 'primaryKey': [['id']], 'mappers': [{'type':"
                + " 'field-filtering', 'mapperConfiguration': {'targetField': 'id'}}]");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().toString()).contains("part of the primary key");
  }

  @Test
  void draftsAreTriedWithoutBeingKept() {
    ObjectNode read = create(AES).ok();
    String rename =
        "{'type': 'field-renaming', 'mapperConfiguration': {'originalFieldName': 'id',"
            + " 'newFieldName': 'number'}}";
    String before = stored();

    ObjectNode tried =
        api.config(
                "/web_backend/mappers/validate",
                json(
                    "{'connectionId': '%s', 'streamDescriptor': {'name': 'orders', 'namespace':"
                        + " 'public'}, 'mappers': [%s, %s, %s, {'type': 'x',"
                        + " 'mapperConfiguration': {}}]}",
                    id(read), quoted(rename), quoted(HASH), quoted(HASH)))
            .ok();

    assertThat(names(tried.path("initialFields")))
        .containsExactly("id", "updated_at", "note", "mail");
    assertThat(names(tried.path("outputFields")))
        .containsExactly("number", "updated_at", "note_hashed", "mail");
    JsonNode number = tried.path("outputFields").get(0);
    assertThat(number.path("type").asText()).isEqualTo("INTEGER");
    assertThat(number.path("isSelectedPrimaryKey").asBoolean()).as("it follows").isTrue();
    assertThat(tried.at("/outputFields/1/type").asText()).isEqualTo("TIMESTAMP_WITH_TIMEZONE");
    assertThat(tried.at("/outputFields/1/isSelectedCursor").asBoolean()).isTrue();
    assertThat(tried.at("/mappers/0").has("validationError")).isFalse();
    assertThat(names(tried.at("/mappers/1/inputFields"))).contains("number", "note");
    assertThat(tried.at("/mappers/2/validationError/type").asText()).isEqualTo("FIELD_NOT_FOUND");
    assertThat(tried.at("/mappers/2/outputFields")).isEqualTo(tried.at("/mappers/2/inputFields"));
    assertThat(tried.at("/mappers/3/validationError/type").asText()).isEqualTo("MISSING_MAPPER");
    assertThat(stored()).isEqualTo(before);
    assertThat(
            api.config(
                    "/web_backend/mappers/validate",
                    json(
                        "{'connectionId': '%s', 'streamDescriptor': {'name': 'x'}, 'mappers': []}",
                        id(read)))
                .status())
        .isEqualTo(404);
  }

  @Test
  void otherMappersReadTheStreamAgain() {
    ObjectNode read = create(HASH).ok();

    update("/web_backend/connections/update", read, HASH).ok();
    assertThat(api.jobs.again).isEmpty();
    update("/web_backend/connections/update", read, HASH.replace("SHA-256", "MD5")).ok();
    assertThat(api.jobs.again).isNotEmpty();
  }

  private String refused(String type, String sentence, String mapper) {
    TestApi.Reply reply = create(mapper);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(400);
    assertThat(reply.json().path("title").asText()).isEqualTo(type);
    assertThat(reply.json().toString()).contains(sentence);
    return reply.json().toString();
  }

  private TestApi.Reply create(String mappers) {
    return createWith("'mappers': [" + mappers + "]");
  }

  private TestApi.Reply createWith(String members) {
    return send(
        "'syncMode': 'full_refresh', 'destinationSyncMode': 'overwrite', 'primaryKey': [['id']],"
            + " 'cursorField': ['updated_at'], "
            + members);
  }

  private TestApi.Reply send(String config) {
    return api.config(
        "/connections/create",
        json("{'sourceId': '%s', 'destinationId': '%s', ", api.source, api.destination)
            + catalog(config)
            + "}");
  }

  private TestApi.Reply update(String path, ObjectNode read, String mappers) {
    return api.config(
        path,
        json("{'connectionId': '%s', ", id(read))
            + catalog(
                "'syncMode': 'full_refresh', 'destinationSyncMode': 'overwrite', 'primaryKey':"
                    + " [['id']], 'cursorField': ['updated_at'], 'mappers': ["
                    + mappers
                    + "]")
            + "}");
  }

  private static String catalog(String config) {
    return json(
            "'syncCatalog': {'streams': [{'stream': {'name': 'orders'}, 'config': {%s}}]}",
            "CONFIG")
        .replace("CONFIG", quoted(config));
  }

  private ObjectNode config(String path, ObjectNode read) {
    return api.config(path, json("{'connectionId': '%s'}", id(read))).ok();
  }

  private String stored() {
    return api.database.read(
        tx ->
            tx.createQuery("SELECT config FROM connection_stream ORDER BY 1")
                .mapTo(String.class)
                .list()
                .toString());
  }

  private static String secret(String stored) {
    return stored.substring(stored.indexOf("v1:"), stored.indexOf('"', stored.indexOf("v1:")));
  }

  private static JsonNode mappers(JsonNode read) {
    return read.at("/syncCatalog/streams/0/config/mappers");
  }

  private static List<String> names(JsonNode fields) {
    return fields.findValuesAsText("name");
  }

  private static String id(JsonNode read) {
    return read.path("connectionId").asText();
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static JsonNode tree(String text) {
    try {
      return Documents.MAPPER.readTree(quoted(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
