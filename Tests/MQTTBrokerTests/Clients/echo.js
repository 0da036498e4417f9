// MQTT.js subscribes, publishes to itself at each QoS, and prints what comes.
const [url, version, authority] = process.argv.slice(2);
let mqtt;
try {
  mqtt = require("mqtt");
} catch {
  console.error("MQTT.js is missing: apt-get install node-mqtt");
  process.exit(1);
}
const client = mqtt.connect(url, {
  protocolVersion: version === "5" ? 5 : 4,
  ca: require("fs").readFileSync(authority),
  reconnectPeriod: 0,
});
const publish = (qos) => client.publish("a/b", "a" + qos, { qos }, (error) => error && fail(error));
const fail = (error) => {
  console.error(String(error));
  process.exit(1);
};
client.on("error", fail);
client.on("connect", () => client.subscribe("a/#", { qos: 2 }, (error) => (error ? fail(error) : publish(0))));
client.on("message", (topic, payload, packet) => {
  console.log(`${packet.qos} ${payload}`);
  if (packet.qos < 2) publish(packet.qos + 1);
  else setTimeout(() => client.end(), 50); // its PUBREC is still on its way
});
