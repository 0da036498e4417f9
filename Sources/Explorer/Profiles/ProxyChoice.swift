import MQTTClient

/// Which proxy a connection goes through: the one that is asked for, or the one of the environment.
package struct ProxyChoice {
  /// A URL, `none`, or nothing.
  let setting: String?
  /// A variable of the environment.
  let variable: (String) -> String?

  package init(_ setting: String?, variable: @escaping (String) -> String?) {
    self.setting = setting
    self.variable = variable
  }

  /// The proxy for a host; nil is the direct way.
  package func proxy(for host: String) throws(ProxyURLError) -> Proxy? {
    if let setting { return setting == "none" ? nil : try Proxy(url: setting) }
    for name in ["ALL_PROXY", "all_proxy"] {
      guard let text = variable(name), !text.isEmpty else { continue }
      return isLocal(host) || isExempt(host) ? nil : try Proxy(url: text)
    }
    return nil
  }

  /// This machine is never reached through another one, unless that is asked for.
  private func isLocal(_ host: String) -> Bool {
    host.lowercased() == "localhost" || host.hasPrefix("127.") || host == "::1"
  }

  /// Whether `NO_PROXY` has the host, the domain it is in, or `*`.
  private func isExempt(_ host: String) -> Bool {
    let list = variable("NO_PROXY") ?? variable("no_proxy") ?? ""
    let host = host.lowercased()
    return list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
      let name = entry.hasPrefix("*.") ? entry.dropFirst(2) : entry.hasPrefix(".") ? entry.dropFirst() : entry
      return entry == "*" || host == name || host.hasSuffix(".\(name)")
    }
  }
}
