extension Mosquitto: RealBroker {
  package var address: BrokerAddress { BrokerAddress(older: port, newer: port) }
}
