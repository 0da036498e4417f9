// paho for C subscribes, publishes to itself at each QoS, and prints what comes.
#include <MQTTClient.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int code, const char *what) {
  if (code == MQTTCLIENT_SUCCESS) return;
  fprintf(stderr, "%s: %d\n", what, code);
  exit(1);
}

int main(int count, char **words) {
  if (count != 4) return 64;
  int version = strcmp(words[2], "5") == 0 ? MQTTVERSION_5 : MQTTVERSION_3_1_1;
  MQTTClient client;
  MQTTClient_createOptions creation = MQTTClient_createOptions_initializer;
  creation.MQTTVersion = version;
  check(MQTTClient_createWithOptions(&client, words[1], "c", MQTTCLIENT_PERSISTENCE_NONE, NULL, &creation), "create");
  MQTTClient_SSLOptions tls = MQTTClient_SSLOptions_initializer;
  tls.trustStore = words[3];
  MQTTClient_connectOptions older = MQTTClient_connectOptions_initializer;
  MQTTClient_connectOptions newer = MQTTClient_connectOptions_initializer5;
  MQTTClient_connectOptions *options = version == MQTTVERSION_5 ? &newer : &older;
  options->MQTTVersion = version;
  if (strstr(words[1], "ssl://") == words[1] || strstr(words[1], "wss://") == words[1]) options->ssl = &tls;
  if (version == MQTTVERSION_5) {
    check(MQTTClient_connect5(client, options, NULL, NULL).reasonCode, "connect");
    check(MQTTClient_subscribe5(client, "a/#", 2, NULL, NULL).reasonCode - 2, "subscribe");
  } else {
    check(MQTTClient_connect(client, options), "connect");
    check(MQTTClient_subscribe(client, "a/#", 2), "subscribe");
  }
  for (int qos = 0; qos < 3; qos++) {
    char payload[3] = {'a', (char)('0' + qos), 0};
    MQTTClient_deliveryToken token;
    if (version == MQTTVERSION_5)
      check(MQTTClient_publish5(client, "a/b", 2, payload, qos, 0, NULL, &token).reasonCode, "publish");
    else
      check(MQTTClient_publish(client, "a/b", 2, payload, qos, 0, &token), "publish");
    if (qos > 0) check(MQTTClient_waitForCompletion(client, token, 20000), "wait");
    char *topic = NULL;
    int size = 0;
    MQTTClient_message *message = NULL;
    check(MQTTClient_receive(client, &topic, &size, &message, 20000), "receive");
    if (message == NULL) check(-1, "nothing came");
    printf("%d %.*s\n", message->qos, message->payloadlen, (char *)message->payload);
    MQTTClient_freeMessage(&message);
    MQTTClient_free(topic);
  }
  if (version == MQTTVERSION_5)
    check(MQTTClient_disconnect5(client, 1000, MQTTREASONCODE_SUCCESS, NULL), "disconnect");
  else
    check(MQTTClient_disconnect(client, 1000), "disconnect");
  MQTTClient_destroy(&client);
  return 0;
}
