/* A plugin for mosquitto 2 that asks for SCRAM-SHA-256 by the exchange of AUTH of MQTT 5: the server's side of RFC 5802,
 * written against libcrypto alone, so that it shares nothing with the client that it tries.
 *
 * Options: plugin_opt_user, plugin_opt_password; with plugin_opt_impostor it takes any proof, and has none of its own.
 * One exchange at a time. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <mosquitto.h>
#include <mosquitto_broker.h>
#include <mosquitto_plugin.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

enum { HASH = 32, SALT = 16, ROUNDS = 4096 };

static mosquitto_plugin_id_t *plugin;
static const char *user = "", *password = "";
static int is_impostor;
static const unsigned char salt[] = "salt of 16 bytes";

/* The exchange that is under way. */
static struct mosquitto *whose;
static char bare_first[512], challenge[768], nonce[512];

static void mac(const unsigned char *key, const char *text, unsigned char *out) {
  HMAC(EVP_sha256(), key, HASH, (const unsigned char *)text, strlen(text), out, NULL);
}

static int say(struct mosquitto_evt_extended_auth *event, const char *text, int code) {
  size_t size = strlen(text);
  event->data_out = mosquitto_malloc(size);
  if (!event->data_out) return MOSQ_ERR_NOMEM;
  memcpy(event->data_out, text, size);
  event->data_out_len = (uint16_t)size;
  return code;
}

/* n,,n=user,r=nonce */
static int start(int number, void *data, void *unused) {
  struct mosquitto_evt_extended_auth *event = data;
  char text[512], expected[256], random[9];
  unsigned char bytes[4];
  (void)number, (void)unused;
  if (strcmp(event->auth_method, "SCRAM-SHA-256") || !event->data_in || event->data_in_len >= sizeof text)
    return MOSQ_ERR_NOT_SUPPORTED;
  memcpy(text, event->data_in, event->data_in_len);
  text[event->data_in_len] = 0;
  snprintf(expected, sizeof expected, "n,,n=%s,r=", user);
  if (strncmp(text, expected, strlen(expected)) || RAND_bytes(bytes, sizeof bytes) != 1) return MOSQ_ERR_AUTH;
  snprintf(random, sizeof random, "%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
  unsigned char encoded[32];
  EVP_EncodeBlock(encoded, salt, SALT);
  whose = event->client;
  snprintf(bare_first, sizeof bare_first, "%s", text + 3);
  snprintf(nonce, sizeof nonce, "%.400s%s", text + strlen(expected), random);
  snprintf(challenge, sizeof challenge, "r=%s,s=%s,i=%d", nonce, encoded, ROUNDS);
  return say(event, challenge, MOSQ_ERR_AUTH_CONTINUE);
}

/* c=biws,r=nonce and more,p=proof */
static int go_on(int number, void *data, void *unused) {
  struct mosquitto_evt_extended_auth *event = data;
  char text[1024], without_proof[640], exchange[2048], answer[64];
  unsigned char salted[HASH], key[HASH], stored[HASH], signature[HASH], proof[48], encoded[64];
  (void)number, (void)unused;
  if (event->client != whose || !event->data_in || event->data_in_len >= sizeof text) return MOSQ_ERR_AUTH;
  whose = NULL;
  memcpy(text, event->data_in, event->data_in_len);
  text[event->data_in_len] = 0;
  snprintf(without_proof, sizeof without_proof, "c=biws,r=%s", nonce);
  size_t length = strlen(without_proof);
  if (strncmp(text, without_proof, length) || strncmp(text + length, ",p=", 3)) return MOSQ_ERR_AUTH;
  const char *given = text + length + 3;
  if (strlen(given) != 44 || EVP_DecodeBlock(proof, (const unsigned char *)given, 44) != 33) return MOSQ_ERR_AUTH;
  snprintf(exchange, sizeof exchange, "%s,%s,%s", bare_first, challenge, without_proof);
  PKCS5_PBKDF2_HMAC(
      password, (int)strlen(password), salt, SALT, ROUNDS, EVP_sha256(), HASH, salted);
  mac(salted, "Client Key", key);
  EVP_Digest(key, HASH, stored, NULL, EVP_sha256(), NULL);
  mac(stored, exchange, signature);
  for (int index = 0; index < HASH; index++)
    if (!is_impostor && (proof[index] ^ signature[index]) != key[index]) return MOSQ_ERR_AUTH;
  mac(salted, is_impostor ? "A guess" : "Server Key", key);
  mac(key, exchange, signature);
  EVP_EncodeBlock(encoded, signature, HASH);
  snprintf(answer, sizeof answer, "v=%s", encoded);
  if (mosquitto_set_username(event->client, user)) return MOSQ_ERR_AUTH;
  return say(event, answer, MOSQ_ERR_SUCCESS);
}

int mosquitto_plugin_version(int count, const int *versions) {
  for (int index = 0; index < count; index++)
    if (versions[index] == 5) return 5;
  return -1;
}

int mosquitto_plugin_init(
    mosquitto_plugin_id_t *identifier, void **unused, struct mosquitto_opt *options, int count) {
  (void)unused;
  plugin = identifier;
  for (int index = 0; index < count; index++) {
    if (!strcmp(options[index].key, "user")) user = options[index].value;
    if (!strcmp(options[index].key, "password")) password = options[index].value;
    if (!strcmp(options[index].key, "impostor")) is_impostor = 1;
  }
  int code = mosquitto_callback_register(plugin, MOSQ_EVT_EXT_AUTH_START, start, NULL, NULL);
  return code ? code : mosquitto_callback_register(plugin, MOSQ_EVT_EXT_AUTH_CONTINUE, go_on, NULL, NULL);
}

int mosquitto_plugin_cleanup(void *unused, struct mosquitto_opt *options, int count) {
  (void)unused, (void)options, (void)count;
  mosquitto_callback_unregister(plugin, MOSQ_EVT_EXT_AUTH_START, start, NULL);
  return mosquitto_callback_unregister(plugin, MOSQ_EVT_EXT_AUTH_CONTINUE, go_on, NULL);
}
