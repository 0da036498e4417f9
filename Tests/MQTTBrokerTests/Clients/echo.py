# paho for Python subscribes, publishes to itself at each QoS, and prints what comes.
import queue
import sys
from urllib.parse import urlsplit

try:
    import paho.mqtt.client as mqtt
except ImportError:
    sys.exit("paho-mqtt is missing: .build/brokers/bin/pip install paho-mqtt")

url, version, authority = sys.argv[1:]
place = urlsplit(url)
transport = {"ws": "websockets", "wss": "websockets", "unix": "unix"}.get(place.scheme, "tcp")
protocol = mqtt.MQTTv5 if version == "5" else mqtt.MQTTv311
got, ready = queue.Queue(), queue.Queue()
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="paho", protocol=protocol, transport=transport)
client.on_message = lambda c, u, m: got.put(m)
client.on_connect = lambda c, u, f, r, p: c.subscribe("a/#", 2)
client.on_subscribe = lambda c, u, m, r, p: ready.put(r)
if place.scheme in ("mqtts", "wss"):
    client.tls_set(authority)
if transport == "unix":
    client.connect(place.path)
else:
    client.connect(place.hostname, place.port)
client.loop_start()
ready.get(timeout=20)
for qos in (0, 1, 2):
    client.publish("a/b", "a%d" % qos, qos).wait_for_publish(20)
    message = got.get(timeout=20)
    print(message.qos, message.payload.decode())
client.disconnect()
client.loop_stop()
