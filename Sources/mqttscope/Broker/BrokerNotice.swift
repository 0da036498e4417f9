import Glibc
import MQTTBroker

/// What the built-in broker says while it runs.
enum BrokerNotice {
  static func say(_ report: BrokerReport) { say(report, on: "memory") }

  /// - Parameter folder: where it keeps its data.
  static func say(_ report: BrokerReport, on folder: String) {
    switch report {
    case .room(.enough, _): mqttscope.say("There is room in \(folder) again: everything is taken on.")
    case .room(.little, _):
      mqttscope.say(
        "There is little room left in \(folder): messages of QoS 1 and 2, new sessions, wills and subscriptions are refused "
          + "(0x97 Quota exceeded) until there is more; what is kept is delivered.")
    case .room(.none, let reason):
      mqttscope.say(
        "\(reason ?? "Nothing can be written to \(folder).") All clients were disconnected, since nothing is acknowledged that "
          + "is not kept. Until that works again only clients and messages are let in of which nothing has to be kept.")
    case .lost(let reason):
      mqttscope.say("\(reason) The broker ends; what it acknowledged is in \(folder) as far as that can be read.")
      exit(1)
    case .gone(let reason):
      mqttscope.say("\(reason) The broker ends: what was moved is where it is now, and what was deleted is lost.")
      exit(1)
    case .queueFull(let clientID):
      mqttscope.say(
        "As many messages wait for the client \(clientID.prefix(60)) as may (--queue): what comes for it is dropped. This is not "
          + "said of others; $SYS/broker/publish/messages/dropped counts all.")
    case .notAccepting(let reason):
      mqttscope.say(
        "No more clients can be accepted (\(reason)); those who come wait. A higher limit of open files (ulimit -n) lets more in."
      )
    case .retainedFull:
      mqttscope.say(
        "There are as many retained messages as may be (256 MiB, or a million): more are refused (0x97 Quota exceeded), or at "
          + "QoS 0 not kept. An empty retained message deletes one.")
    }
  }
}

/// How many files the program may have open, each connection among them.
enum DescriptorLimit {
  /// Takes what the system lets a program take; where it does not, the limit stays as it was.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
